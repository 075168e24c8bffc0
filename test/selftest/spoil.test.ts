import { expect, it } from 'vitest';
import type { Raster } from '../../src/photo/index.js';
import { createRandom, GOOD, LOST, SPOILS, spoilPhoto } from '../../src/selftest/index.js';

const SIDE = 320;
const BOARD = { x: 20, y: 30, width: 280, height: 260 };

function photo(): Raster {
  const random = createRandom(5);
  const data = Uint8Array.from({ length: 3 * SIDE * SIDE }, () => random.integer(40, 160));
  return { data, width: SIDE, height: SIDE, channels: 3 };
}

it.each(SPOILS)('%s leaves good places as they were, and is the same for the same seed', (spoil) => {
  const original = photo();
  const { photo: spoilt, state, window } = spoilPhoto(original, spoil, BOARD, createRandom(3));
  const again = spoilPhoto(photo(), spoil, BOARD, createRandom(3));
  expect(Buffer.from(spoilt.data).equals(Buffer.from(again.photo.data))).toBe(true);
  let lost = 0;
  let farthest = 0;
  for (let k = 0; k < state.length; k++) {
    if (state[k] === LOST) lost++;
    if (state[k] !== GOOD) continue;
    const [x, y] = [(k % SIDE) - window.x, Math.floor(k / SIDE) - window.y];
    for (let c = 0; c < 3; c++) {
      const apart = Math.abs(spoilt.data[3 * (y * spoilt.width + x) + c]! - original.data[3 * k + c]!);
      farthest = Math.max(farthest, apart);
    }
  }
  // A lamp adds less than a few grey levels where nobody would mind.
  expect(farthest).toBeLessThanOrEqual(20);
  // At least a finger's breadth is lost, and most of the picture is not.
  expect(lost).toBeGreaterThan(0.01 * SIDE * SIDE);
  expect(lost).toBeLessThan(0.6 * SIDE * SIDE);
});

it('crops the picture to the window', () => {
  const { photo: spoilt, window } = spoilPhoto(photo(), 'crop', BOARD, createRandom(1));
  expect([spoilt.width, spoilt.height]).toEqual([window.width, window.height]);
  expect(window.width * window.height).toBeLessThan(SIDE * SIDE);
});

it('burns out in glare and blackens in shadow', () => {
  const darkest = (spoil: 'glare' | 'shadow', seed: number) => {
    const { photo: spoilt, state } = spoilPhoto(photo(), spoil, BOARD, createRandom(seed));
    const values = [...state.keys()].filter((k) => state[k] === LOST).map((k) => spoilt.data[3 * k]!);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  expect(darkest('glare', 2)).toBe(255);
  expect(darkest('shadow', 2)).toBeLessThan(15);
});

it('lays a cable without a seam where it bends', () => {
  const { photo: spoilt, state } = spoilPhoto(photo(), 'cable', BOARD, createRandom(3));
  const brightest = (x: number) => {
    const rows = Array.from({ length: SIDE }, (_, y) => y * SIDE + x).filter((k) => state[k] === LOST);
    return Math.max(...rows.map((k) => [0, 1, 2].reduce((sum, c) => sum + spoilt.data[3 * k + c]!, 0)));
  };
  const along = Array.from({ length: 200 }, (_, k) => brightest(BOARD.x + 40 + k));
  // Its grain alone: joints once were as dark as its sides.
  expect(Math.min(...along)).toBeGreaterThan(0.85 * Math.max(...along));
});
