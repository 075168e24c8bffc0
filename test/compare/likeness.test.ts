import { expect, it } from 'vitest';
import { measureLikeness } from '../../src/compare/index.js';
import type { Raster } from '../../src/photo/index.js';
import { createRandom } from '../../src/selftest/index.js';

const WIDTH = 256;
const HEIGHT = 160;
const everywhere = new Uint8Array(WIDTH * HEIGHT).fill(1);

/** Bars four pixels wide, in squares of random brightness. */
function board(change: (x: number, y: number, value: number) => number = (_x, _y, value) => value): Raster {
  const random = createRandom(7);
  const squares = Array.from({ length: 64 * 64 }, () => 60 + 120 * random.next());
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      data[y * WIDTH + x] = change(x, y, squares[Math.floor(y / 4) * 64 + Math.floor(x / 4)]!);
    }
  }
  return { data, width: WIDTH, height: HEIGHT, channels: 1 };
}

function blurred({ data, ...size }: Raster, radius: number): Raster {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let sum = 0;
      let count = 0;
      for (let j = Math.max(0, y - radius); j <= Math.min(HEIGHT - 1, y + radius); j++) {
        for (let i = Math.max(0, x - radius); i <= Math.min(WIDTH - 1, x + radius); i++) {
          sum += data[j * WIDTH + i]!;
          count++;
        }
      }
      out[y * WIDTH + x] = sum / count;
    }
  }
  return { data: out, ...size };
}

const inColour = ({ data, ...size }: Raster): Raster => ({
  ...size,
  data: Uint8Array.from({ length: 3 * data.length }, (_, k) => data[Math.floor(k / 3)]!),
  channels: 3,
});
const compare = (photo: Raster) => measureLikeness(inColour(board()), inColour(photo), everywhere);
const shared = (photo: Raster) => compare(photo).overall;

it('is whole for the same picture, whatever its light', () => {
  expect(shared(board())).toBeCloseTo(1);
  expect(shared(board((x, _, value) => (0.4 + x / 1000) * value))).toBeGreaterThan(0.97);
});

it('falls with blur, and noise does not make up for it', () => {
  const soft = blurred(board(), 4);
  const random = createRandom(3);
  const noisy = { ...soft, data: soft.data.map((value) => value + 30 * (random.next() - 0.5)) };
  expect(shared(blurred(board(), 1))).toBeGreaterThan(0.8);
  expect(shared(soft)).toBeLessThan(0.35);
  expect(shared(noisy)).toBeLessThan(shared(soft) + 0.02);
});

it('falls where one picture lies beside the other', () => {
  const moved = board();
  const from = board();
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH / 2; x++) moved.data[y * WIDTH + x] = from.data[y * WIDTH + x + 5]!;
  }
  const { wide, columns, rows } = compare(moved);
  expect(wide[5 * columns + 2]).toBeLessThan(0.3);
  expect(wide[5 * columns + columns - 2]).toBeCloseTo(1);
  expect(wide).toHaveLength(columns * rows);
});

it('cannot tell where the reference is plain', () => {
  const plain = { ...board(), data: new Uint8Array(WIDTH * HEIGHT).fill(90) };
  const { near, wide } = measureLikeness(inColour(plain), inColour(board()), everywhere);
  expect([...near, ...wide].every(Number.isNaN)).toBe(true);
});
