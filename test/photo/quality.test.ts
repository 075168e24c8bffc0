import { expect, test } from 'vitest';
import { measureQuality, type Raster } from '../../src/photo/index.js';

/** Stripes that change from dark to light within so many pixels. */
function stripes(width: number, height: number, ramp: number): Raster {
  const data = new Uint8Array(3 * width * height);
  for (let k = 0; k < width * height; k++) {
    const phase = (k % width) % 40;
    const value = Math.max(
      0,
      Math.min(1, phase < 20 ? (phase - 10) / ramp + 0.5 : (30 - phase) / ramp + 0.5),
    );
    data.fill(40 + 160 * value, 3 * k, 3 * k + 3);
  }
  return { data, width, height, channels: 3 };
}

test('blur lowers sharpness', () => {
  const [sharp, soft] = [measureQuality(stripes(400, 50, 1)), measureQuality(stripes(400, 50, 16))];
  expect(sharp.sharpness).toBeGreaterThan(0.6);
  expect(soft.sharpness).toBeLessThan(0.25);
});

test('counts burnt out and black pixels, on a sample of the rows of a tall picture', () => {
  for (const height of [64, 3000]) {
    const photo: Raster = {
      data: new Uint8Array(3 * 100 * height).fill(128),
      width: 100,
      height,
      channels: 3,
    };
    for (let y = 0; y < height; y++) {
      photo.data.fill(255, 3 * 100 * y, 3 * (100 * y + 25));
      photo.data.fill(5, 3 * (100 * y + 25), 3 * (100 * y + 35));
      photo.data[3 * (100 * y + 99)] = 255; // one channel alone is no burnt-out pixel
    }
    expect(measureQuality(photo)).toMatchObject({ clippedFraction: 0.25, darkFraction: 0.1 });
  }
});
