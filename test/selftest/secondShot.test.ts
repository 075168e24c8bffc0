import { beforeAll, describe, expect, it } from 'vitest';
import { boxCorners, invert, mapPoint, type Point } from '../../src/geometry/index.js';
import { measureQuality, type Raster, readPhoto, shrinkTo } from '../../src/photo/index.js';
import { findBoardOutline, prepareReference, registerPhoto } from '../../src/register/index.js';
import { blurWeights, PHASES, TAPS } from '../../src/selftest/blurWeights.js';
import { createRandom } from '../../src/selftest/random.js';
import { secondShot } from '../../src/selftest/secondShot.js';

let golden: Raster;
let board: readonly Point[];

beforeAll(async () => {
  golden = await shrinkTo((await readPhoto('samples/golden/golden-1.jpg')).pixels, 1200);
  board = (await findBoardOutline(golden)).polygon;
});

describe('blurWeights', () => {
  it('sum up to 1, and centre on the place', () => {
    const weights = blurWeights(0.6);
    for (const phase of [0, PHASES / 2, PHASES - 1]) {
      const row = [...weights.subarray(phase * TAPS, (phase + 1) * TAPS)];
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      const center = row.reduce((sum, weight, k) => sum + weight * k, 0);
      expect(center).toBeCloseTo(TAPS / 2 - 1 + (phase + 0.5) / PHASES, 2);
    }
  });
});

describe('secondShot', () => {
  it.each([1, 2])('registers back within a pixel, seed %i', async (seed) => {
    const { photo, homography } = await secondShot(golden, board, createRandom(seed));
    const registration = await registerPhoto(photo, await prepareReference(golden, board));
    expect(registration.status).toBe('ok');
    for (const corner of boxCorners({ x: 150, y: 150, width: 900, height: 650 })) {
      const [x, y] = mapPoint(homography, corner);
      const [rx, ry] = mapPoint(registration.homography!, corner);
      expect(Math.hypot(x - rx, y - ry)).toBeLessThan(1);
    }
  });

  it('keeps the whole board in the frame, even one that fills it', async () => {
    const all = boxCorners({ x: 0, y: 0, width: golden.width - 1, height: golden.height - 1 });
    const { photo, homography } = await secondShot(golden, all, createRandom(4));
    expect([photo.width, photo.height]).toEqual([golden.width, golden.height]);
    for (const corner of all) {
      const [x, y] = mapPoint(invert(homography), corner);
      expect(x > 0 && y > 0 && x < photo.width && y < photo.height).toBe(true);
    }
  });

  it('is the same for the same seed, another one for another, and a little less sharp', async () => {
    const first = (await secondShot(golden, board, createRandom(5))).photo;
    const again = (await secondShot(golden, board, createRandom(5))).photo;
    const other = (await secondShot(golden, board, createRandom(6))).photo;
    expect(Buffer.compare(Buffer.from(first.data), Buffer.from(again.data))).toBe(0);
    expect(Buffer.compare(Buffer.from(first.data), Buffer.from(other.data))).not.toBe(0);
    expect(measureQuality(first).sharpness).toBeLessThan(measureQuality(golden).sharpness);
  });
});
