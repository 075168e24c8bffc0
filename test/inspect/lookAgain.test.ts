import { expect, it } from 'vitest';
import type { ChangeRegion } from '../../src/compare/index.js';
import type { ChangeMap, ChangeModel } from '../../src/detect/index.js';
import type { Box } from '../../src/geometry/index.js';
import type { Reference } from '../../src/learn.js';
import { lookAgain } from '../../src/lookAgain.js';
import { type Raster, turnedHalf } from '../../src/photo/index.js';
import type { SameView } from '../../src/sameView.js';

const WIDTH = 600;
const HEIGHT = 400;
const CELL = 4;
const NOTHING = -6;

const plain = (): Raster => ({
  data: new Uint8Array(3 * WIDTH * HEIGHT).fill(50),
  width: WIDTH,
  height: HEIGHT,
  channels: 3,
});

function withSpot({ x, y, width, height }: Box): Raster {
  const picture = plain();
  for (let j = y; j < y + height; j++)
    picture.data.fill(250, 3 * (j * WIDTH + x), 3 * (j * WIDTH + x + width));
  return picture;
}

/** Says 3 where the photo is brighter than the reference, and nothing else; at other than the same size as well. */
const model = {
  compare: async (reference: Raster, photo: Raster, _where: Raster, scale: number): Promise<ChangeMap> => {
    const columns = Math.ceil((reference.width * scale) / CELL);
    const rows = Math.ceil((reference.height * scale) / CELL);
    const logit = (k: number) => {
      const x = Math.min(reference.width - 1, Math.floor((((k % columns) + 0.5) * CELL) / scale));
      const y = Math.min(reference.height - 1, Math.floor(((Math.floor(k / columns) + 0.5) * CELL) / scale));
      const at = 3 * (y * reference.width + x);
      return photo.data[at]! > reference.data[at]! + 20 ? 3 : NOTHING;
    };
    const added = Float32Array.from({ length: columns * rows }, (_, k) => logit(k));
    return {
      columns,
      rows,
      cell: CELL / scale,
      added,
      removed: new Float32Array(added.length).fill(NOTHING),
    };
  },
} as unknown as ChangeModel;

const region = (box: Box, peak: number): ChangeRegion => ({ box, added: peak, removed: NOTHING, peak });
const again = (photo: Raster, regions: ChangeRegion[], shown = 1) => {
  const where: Raster = { data: Uint8Array.of(shown), width: 1, height: 1, channels: 1 };
  const reference = { golden: plain() } as Reference;
  return lookAgain(regions, 1, { photo, where } as SameView, reference, model);
};

/** Off the middle of its surroundings, since they end at the frame's edge. */
const spot = { x: 40, y: 300, width: 24, height: 16 };

it('finds what is there every time it looks, wherever it lies', async () => {
  for (const box of [spot, { ...spot, x: 560, y: 10 }, { ...spot, x: 300, y: 200 }]) {
    const [seen] = await again(withSpot(box), [region(box, 3)]);
    expect(seen).toEqual(region(box, 3));
  }
});

it('takes back what only the first look saw', async () => {
  const [seen] = await again(plain(), [region(spot, 3)]);
  expect(seen!.peak).toBeCloseTo((3 + 2 * NOTHING) / 3);
});

it('puts what it saw again before what it did not', async () => {
  const chance = region({ ...spot, x: 400, y: 60 }, 4);
  const part = region(spot, 3);
  const seen = await again(withSpot(spot), [chance, part]);
  expect(seen.map(({ box }) => box)).toEqual([part.box, chance.box]);
});

it('does not ask about what is told, or not told, anyway', async () => {
  const regions = [region(spot, 9), region(spot, -3)];
  expect(await again(plain(), regions)).toEqual(regions);
});

it('sees the golden photo where there is nothing to compare, and leaves the photo as it was', async () => {
  const photo = withSpot(spot);
  const [seen] = await again(photo, [region(spot, 3)], 0);
  expect(seen!.peak).toBeLessThan(0);
  expect(Buffer.compare(photo.data, withSpot(spot).data)).toBe(0);
});

it('turns a picture by half a turn', () => {
  const data = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect([...turnedHalf({ data, width: 2, height: 2, channels: 3 }).data]).toEqual([
    10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3,
  ]);
});
