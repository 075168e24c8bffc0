import { describe, expect, test } from 'vitest';
import { type Detections, detectionAt } from '../../src/detect/detections.js';
import { type DetectOptions, detectParts } from '../../src/detect/detectParts.js';
import type { Box } from '../../src/geometry/index.js';
import { brightBlobs, drawn, fakeContract } from './fakes.js';

const SIDE = 200; // tiles of 64 start at 0, 45, 91 and 136
const contract = fakeContract();

async function found(boxes: Box[], input: object = {}): Promise<Box[]> {
  return boxesOf(await detectParts(drawn(SIDE, SIDE, boxes), fakeContract(input), brightBlobs));
}

function boxesOf(detections: Detections): Box[] {
  const list = Array.from({ length: detections.count }, (_, k) => detectionAt(detections, k).box);
  return list.sort((a, b) => a.x - b.x || a.y - b.y);
}

describe('one box with the right extents for a part', () => {
  for (const [where, box] of Object.entries({
    'inside one tile': { x: 10, y: 10, width: 12, height: 9 },
    'on the seam of two tiles': { x: 58, y: 10, width: 12, height: 9 },
    'on the corner of four tiles': { x: 58, y: 57, width: 12, height: 14 },
    'at the edge of the photo': { x: 188, y: 0, width: 12, height: 9 },
    'longer than the overlap, over a seam': { x: 40, y: 50, width: 60, height: 10 },
    'longer than a tile': { x: 5, y: 70, width: 190, height: 20 },
    'larger than a tile, over nine tiles': { x: 30, y: 30, width: 90, height: 90 },
    'the whole photo': { x: 0, y: 0, width: SIDE, height: SIDE },
  })) {
    test(where, async () => expect(await found([box])).toEqual([box]));
  }

  test('at every offset and of every length', async () => {
    for (const width of [3, 8, 13, 16, 19, 25, 40, 64, 80]) {
      for (let x = 0; x + width <= SIDE; x += 1) {
        const box = { x, y: 55, width, height: 12 };
        expect(await found([box])).toEqual([box]);
      }
    }
  });
});

test('two parts 6 px apart stay two, at every place beside the seams', async () => {
  for (const width of [8, 20, 40]) {
    for (let x = 20; x + 2 * width + 6 <= 160; x++) {
      const left = { x, y: 55, width, height: 12 };
      const right = { x: x + width + 6, y: 55, width, height: 12 };
      expect(await found([left, right])).toEqual([left, right]);
    }
  }
});

test('two long parts 6 px apart that cross the same seams stay two', async () => {
  const upper = { x: 20, y: 50, width: 150, height: 10 };
  const lower = { x: 20, y: 66, width: 150, height: 10 };
  expect(await found([upper, lower])).toEqual([upper, lower]);
});

test('a large part is one box where a smaller copy shows it too, and small parts beside it stay', async () => {
  const large = { x: 40, y: 40, width: 100, height: 88 };
  const small = { x: 146, y: 60, width: 12, height: 8 };
  const boxes = await found([large, small], { scales: [1, 0.25] });
  expect(boxes).toHaveLength(2);
  expect(boxes[1]).toEqual(small);
  // The copy's pixels are 4 of the photo.
  expect(Math.abs(boxes[0]!.x - 40)).toBeLessThanOrEqual(4);
  expect(Math.abs(boxes[0]!.width - 100)).toBeLessThanOrEqual(8);
});

test('a place to look in: parts in it whole and where they are, the rest of the photo not looked at', async () => {
  let looked = 0;
  const counting: typeof brightBlobs = {
    ...brightBlobs,
    run: (inputs) => {
      looked += inputs.images!.dims[2]! * inputs.images!.dims[3]!;
      return brightBlobs.run(inputs);
    },
  };
  const inside = { x: 90, y: 60, width: 12, height: 9 };
  const onSeam = { x: 118, y: 100, width: 30, height: 10 };
  const photo = drawn(SIDE, SIDE, [inside, onSeam, { x: 10, y: 10, width: 12, height: 12 }]);
  const seen = async (options: DetectOptions) =>
    boxesOf(await detectParts(photo, contract, counting, options));
  expect(await seen({ within: { x: 70.5, y: 40, width: 100, height: 100 } })).toEqual([inside, onSeam]);
  const few = looked;
  looked = 0;
  expect(await seen({})).toHaveLength(3);
  expect(few).toBeLessThan(0.5 * looked);
  expect(await seen({ within: { x: 300, y: 0, width: 20, height: 20 } })).toEqual([]);
});

test('letterbox and stretch map boxes back to the photo', async () => {
  const photo = drawn(128, 64, [{ x: 32, y: 16, width: 64, height: 32 }]);
  for (const resize of ['letterbox', 'stretch']) {
    const detections = await detectParts(photo, fakeContract({ resize }), brightBlobs);
    expect(detections.count).toBe(1);
    for (const [k, value] of [32, 16, 64, 32].entries()) {
      expect(Math.abs(detections.boxes[k]! - value)).toBeLessThanOrEqual(2);
    }
  }
});

test('a photo smaller than a tile, with the padding beyond it', async () => {
  const detections = await detectParts(
    drawn(50, 20, [{ x: 40, y: 8, width: 10, height: 12 }]),
    contract,
    brightBlobs,
  );
  expect([...detections.boxes]).toEqual([40, 8, 10, 12]);
  expect(detectionAt(detections, 0)).toMatchObject({ label: 'ic', labelScore: expect.closeTo(0.8, 5) });
});

test('threshold and maxDetections are kept to, and checked', async () => {
  const photo = drawn(60, 20, [
    { x: 4, y: 4, width: 8, height: 8 },
    { x: 24, y: 4, width: 8, height: 8 },
  ]);
  expect((await detectParts(photo, contract, brightBlobs, { threshold: 0.95 })).count).toBe(0);
  expect((await detectParts(photo, contract, brightBlobs, { maxDetections: 1 })).count).toBe(1);
  await expect(detectParts(photo, contract, brightBlobs, { threshold: 2 })).rejects.toThrow(
    'expected a threshold of 0 to 1, got 2',
  );
  await expect(detectParts(photo, contract, brightBlobs, { maxDetections: 0 })).rejects.toThrow(
    'expected 1 to 20000 maxDetections, got 0',
  );
});
