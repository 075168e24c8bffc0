import { expect, test } from 'vitest';
import { fillInput, inputSizeFor } from '../../src/detect/preprocess.js';
import { wholeTile } from '../../src/detect/tiles.js';
import type { Raster } from '../../src/photo/index.js';
import { fakeContract } from './fakes.js';

/** Two pixels: (0, 51, 102) and (153, 204, 255), which are 0, 0.2 … 1. */
const twoPixels: Raster = {
  data: Uint8Array.of(0, 51, 102, 153, 204, 255),
  width: 2,
  height: 1,
  channels: 3,
};

function filled(input: object, picture = twoPixels, width = 2, height = 1): number[] {
  const into = new Float32Array(3 * width * height);
  fillInput(picture, wholeTile(picture.width, picture.height), fakeContract(input).input, into, {
    width,
    height,
  });
  return Array.from(into, (value) => Math.round(value * 1e4) / 1e4);
}

test('planes in the order of the contract', () => {
  expect(filled({ color: 'RGB' })).toEqual([0, 0.6, 0.2, 0.8, 0.4, 1]);
  expect(filled({ color: 'BGR' })).toEqual([0.4, 1, 0.2, 0.8, 0, 0.6]);
});

test('range, then mean, then std', () => {
  expect(filled({ range: [0, 255] })).toEqual([0, 153, 51, 204, 102, 255]);
  expect(filled({ range: [-1, 1] })).toEqual([-1, 0.2, -0.6, 0.6, -0.2, 1]);
  expect(filled({ mean: [0.2, 0.4, 0.5], std: [0.1, 0.2, 0.5] })).toEqual([-2, 4, -1, 2, -0.2, 1]);
});

test('what the tile does not fill is the pad value, through range, mean and std', () => {
  expect(filled({ pad: 255 }, twoPixels, 2, 2)).toEqual([0, 0.6, 1, 1, 0.2, 0.8, 1, 1, 0.4, 1, 1, 1]);
  expect(filled({ pad: 51, mean: [0.2, 0.2, 0.2] }, twoPixels, 3, 1)).toEqual([
    -0.2, 0.4, 0, 0, 0.6, 0, 0.2, 0.8, 0,
  ]);
});

test('a grey picture gives three equal planes', () => {
  expect(filled({}, { data: Uint8Array.of(0, 255), width: 2, height: 1, channels: 1 })).toEqual([
    0, 1, 0, 1, 0, 1,
  ]);
});

test('the input is a tile, less for a smaller picture, and what the model insists on', () => {
  const tile = { width: 640, height: 576 };
  expect(inputSizeFor(4000, 3000, tile, 32, null)).toEqual(tile);
  expect(inputSizeFor(4000, 65, tile, 32, null)).toEqual({ width: 640, height: 96 });
  expect(inputSizeFor(10, 10, tile, 32, { width: 640, height: 640 })).toEqual({ width: 640, height: 640 });
});
