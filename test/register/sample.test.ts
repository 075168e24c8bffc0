import { expect, it } from 'vitest';
import type { Raster } from '../../src/photo/index.js';
import { warp, warpAlong } from '../../src/register/index.js';
import { sampleRow } from '../../src/register/sample.js';

const grey: Raster = { data: Uint8Array.of(0, 100, 40, 200), width: 2, height: 2, channels: 1 };
const colors: Raster = {
  data: Uint8Array.from([0, 1, 2, 100, 101, 102, 40, 41, 42, 200, 201, 202]),
  width: 2,
  height: 2,
  channels: 3,
};

function sample(picture: Raster, points: [number, number][]): number[] {
  const into = new Uint8Array(points.length * picture.channels);
  const along = (axis: 0 | 1) => Float32Array.from(points, (point) => point[axis]);
  sampleRow(picture, along(0), along(1), into, 0);
  return [...into];
}

it('interpolates between four pixels', () => {
  expect(
    sample(grey, [
      [0, 0],
      [0.5, 0],
      [0, 0.5],
      [0.5, 0.5],
    ]),
  ).toEqual([0, 50, 20, 85]);
  expect(sample(colors, [[0.5, 0.5]])).toEqual([85, 86, 87]);
});

it('keeps the last row and column, and blends into black beyond them', () => {
  expect(
    sample(grey, [
      [1, 1],
      [1.5, 1],
      [-0.5, 1],
      [2, 1],
      [-1, 0],
      [Number.NaN, 0],
      [Infinity, 0],
    ]),
  ).toEqual([200, 100, 20, 0, 0, 0, 0]);
  expect(
    sample(colors, [
      [1, 0],
      [1, -0.5],
    ]),
  ).toEqual([100, 101, 102, 50, 51, 51]);
});

it('warps by a shift, and a displacement field adds to it', async () => {
  const ramp: Raster = {
    data: Uint8Array.from({ length: 64 }, (_, k) => 10 * (k % 8)),
    width: 8,
    height: 8,
    channels: 1,
  };
  const shift = [1, 0, 2, 0, 1, 0, 0, 0, 1] as const;
  const row = ({ data }: Raster) => [...data.subarray(24, 32)];
  expect(row(await warp(ramp, shift, 8, 8))).toEqual([0, 0, 0, 10, 20, 30, 40, 50]);
  const nodes = { columns: 2, rows: 2, spacing: 32, dy: new Float32Array(4) };
  const field = { ...nodes, dx: new Float32Array(4).fill(1) };
  expect(row(await warpAlong(ramp, shift, field, 1, 8, 8))).toEqual([0, 0, 10, 20, 30, 40, 50, 60]);
  // A field in a frame of half the size: its one pixel is two of the target.
  expect(row(await warpAlong(ramp, shift, field, 0.5, 8, 8))).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
});
