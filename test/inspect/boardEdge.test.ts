import { expect, it } from 'vitest';
import { boardEdge } from '../../src/boardEdge.js';
import type { Raster } from '../../src/photo/index.js';
import { createRandom } from '../../src/selftest/index.js';

const WIDTH = 400;
const HEIGHT = 300;
const OUTLINE = [
  [40, 40],
  [360, 40],
  [360, 260],
  [40, 260],
] as [number, number][];

/** A green board on a table; its right edge at `edge`, and perhaps a dark part. */
function picture(table: number[], edge: number, part?: { x: number; y: number }): Raster {
  const random = createRandom(4);
  const data = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let k = 0; k < WIDTH * HEIGHT; k++) {
    const [x, y] = [k % WIDTH, Math.floor(k / WIDTH)];
    const onPart = part && x >= part.x && x < part.x + 14 && y >= part.y && y < part.y + 10;
    const rgb = onPart ? [20, 20, 22] : x >= 40 && x < edge && y >= 40 && y < 260 ? [30, 100, 50] : table;
    for (let c = 0; c < 3; c++) data[3 * k + c] = rgb[c]! + random.integer(-4, 4);
  }
  return { data, width: WIDTH, height: HEIGHT, channels: 3 };
}

const golden = picture([70, 90, 130], 360);
const region = (x: number, y: number, width: number, height: number) => ({
  box: { x, y, width, height },
  added: 4,
  removed: 2,
  peak: 4,
});

it('knows the edge where the photo shows its own table', () => {
  const photo = picture([140, 100, 60], 354);
  expect(boardEdge(OUTLINE, golden, photo)(region(352, 120, 11, 40))).toBe(true);
});

it('leaves a part at the edge, and one on it', () => {
  for (const x of [340, 348]) {
    const photo = picture([140, 100, 60], 360, { x, y: 130 });
    expect(boardEdge(OUTLINE, golden, photo)(region(x, 130, 14, 10))).toBe(false);
  }
});

it('leaves what lies in the middle of the board, whatever its colour', () => {
  const photo = picture([20, 20, 22], 360, { x: 200, y: 130 });
  expect(boardEdge(OUTLINE, golden, photo)(region(200, 130, 14, 10))).toBe(false);
});

it('does not take a part for the edge where the table has the colour of the board', () => {
  // The outline cuts off a strip of board: what lies beyond it is no table, and looks like all of the board.
  const photo = picture([30, 100, 50], 360);
  const grey = picture([30, 100, 50], 360, { x: 348, y: 130 });
  expect(boardEdge(OUTLINE, photo, grey)(region(346, 128, 18, 14))).toBe(false);
});
