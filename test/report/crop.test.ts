import { expect, test } from 'vitest';
import type { Homography } from '../../src/geometry/index.js';
import type { Raster } from '../../src/photo/index.js';
import { crop, squareAround } from '../../src/report/crop.js';
import { texture } from './fakeInspection.js';

/** A picture whose red counts columns and whose green counts rows. */
function ramp(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let k = 0; k < width * height; k++) data.set([k % width, Math.floor(k / width), 7], k * 3);
  return { data, width, height, channels: 3 };
}

test('at its own scale a crop is a copy', () => {
  const view = crop(ramp(20, 10), { x: 3, y: 2, width: 4, height: 2 }, 4);
  expect([view.width, view.height]).toEqual([4, 2]);
  expect([...view.data]).toEqual([
    ...[3, 2, 7, 4, 2, 7, 5, 2, 7, 6, 2, 7],
    ...[3, 3, 7, 4, 3, 7, 5, 3, 7, 6, 3, 7],
  ]);
});

test('enlarging is bilinear, with pixel centres kept in place', () => {
  const view = crop(ramp(20, 10), { x: 4, y: 4, width: 2, height: 1 }, 4);
  // Centres at 4.25, 4.75, 5.25, 5.75 of a ramp whose pixel k has its centre at k + 0.5; rounded half up.
  expect([view.data[0], view.data[3], view.data[6], view.data[9]]).toEqual([4, 4, 5, 5]);
});

test('shrinking averages over the area', () => {
  const stripes: Raster = { data: new Uint8Array(64 * 64 * 3), width: 64, height: 64, channels: 3 };
  for (let k = 0; k < 64 * 64; k++) if (k % 2) stripes.data.fill(200, k * 3, k * 3 + 3);
  const view = crop(stripes, { x: 0, y: 0, width: 64, height: 64 }, 16);
  for (const value of view.data.subarray(3 * 17, 3 * 30))
    expect(Math.abs(value - 100)).toBeLessThanOrEqual(1);
});

test('through a quarter turn', () => {
  // Reference x, y shows picture y, 9 - x.
  const turn: Homography = [0, 1, 0, -1, 0, 10, 0, 0, 1];
  const view = crop(ramp(20, 10), { x: 2, y: 5, width: 2, height: 2 }, 2, turn);
  expect([...view.data]).toEqual([5, 7, 7, 5, 6, 7, 6, 7, 7, 6, 6, 7]);
});

test('outside the picture it is dark, and grey pictures come out as RGB', () => {
  const grey: Raster = { data: new Uint8Array(16).fill(200), width: 4, height: 4, channels: 1 };
  const view = crop(grey, { x: 2, y: 0, width: 8, height: 4 }, 8);
  expect([...view.data.subarray(0, 3)]).toEqual([200, 200, 200]);
  expect([...view.data.subarray(21, 24)]).toEqual([38, 43, 48]);
});

test('a mapping onto the horizon is no failure', () => {
  const horizon: Homography = [1, 0, 0, 0, 1, 0, 0, -1 / 8, 1];
  expect(crop(texture(32, 32), { x: 0, y: 0, width: 16, height: 16 }, 16, horizon).data).toHaveLength(768);
});

test('a square around a box holds it, stays in the frame, and is centred where it can be', () => {
  const frame = { width: 200, height: 100 };
  expect(squareAround({ x: 90, y: 40, width: 20, height: 10 }, 3, 50, frame)).toEqual({
    x: 70,
    y: 15,
    width: 60,
    height: 60,
  });
  expect(squareAround({ x: 0, y: 95, width: 5, height: 5 }, 3, 50, frame)).toEqual({
    x: 0,
    y: 50,
    width: 50,
    height: 50,
  });
  expect(squareAround({ x: 0, y: 0, width: 100, height: 100 }, 3, 50, frame)).toEqual({
    x: -50,
    y: -100,
    width: 300,
    height: 300,
  });
});
