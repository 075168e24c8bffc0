import { describe, expect, it } from 'vitest';
import type { Raster } from '../../src/photo/index.js';
import { edgeSpread, sharpeningDip } from '../../src/selftest/edgeSpread.js';
import { gaussianBlur } from '../../src/selftest/gaussianBlur.js';
import { sampleGrain } from '../../src/selftest/grain.js';
import { spreadBefore } from '../../src/selftest/plant.js';
import { createRandom } from '../../src/selftest/random.js';
import { measureSurroundings } from '../../src/selftest/surroundings.js';

const SIDE = 120;

/** Grey stripes 60 and 180, 30 px wide, blurred by 0.8 px, sharpened by an unsharp mask of 1.5 px, with grain. */
function stripes(amount: number, grain = 0): Raster {
  const random = createRandom(3);
  const plane = Float32Array.from({ length: SIDE * SIDE }, (_, k) => ((k % SIDE) % 60 < 30 ? 60 : 180));
  const blurred = gaussianBlur(plane, SIDE, SIDE, 1, 0.8);
  const soft = gaussianBlur(blurred, SIDE, SIDE, 1, 1.5);
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let k = 0; k < SIDE * SIDE; k++) {
    const value = blurred[k]! + amount * (blurred[k]! - soft[k]!) + grain * random.normal();
    data.fill(Math.min(255, Math.max(0, Math.round(value))), k * 3, k * 3 + 3);
  }
  return { data, width: SIDE, height: SIDE, channels: 3 };
}

describe('sharpening', () => {
  it('is measured by the dip beside a step', () => {
    expect(sharpeningDip(stripes(0), 0, 0, SIDE, SIDE)).toBeLessThan(0.01);
    expect(sharpeningDip(stripes(1), 0, 0, SIDE, SIDE)).toBeGreaterThan(0.05);
  });

  it.each([0.5, 1])('of amount %f comes back within a third', (amount) => {
    const { sharpening } = measureSurroundings(stripes(amount), [60, 60], 60, createRandom(1));
    expect(Math.abs(sharpening / amount - 1)).toBeLessThan(0.34);
  });

  it('steepens edges as much as spreadBefore takes back', () => {
    expect(spreadBefore(0.8, 0)).toBeCloseTo(0.8);
    const measured = edgeSpread(stripes(1), 0, 0, SIDE, SIDE)!;
    expect(measured).toBeLessThan(0.78);
    expect(Math.abs(spreadBefore(measured, 1) - 0.8)).toBeLessThan(0.2);
  });

  it('is none where no edge can be measured', () => {
    const even: Raster = { ...stripes(0), data: new Uint8Array(SIDE * SIDE * 3).fill(90) };
    expect(sharpeningDip(even, 0, 0, SIDE, SIDE)).toBe(0);
    expect(edgeSpread(even, 0, 0, SIDE, SIDE)).toBeNull();
    expect(measureSurroundings(even, [60, 60], 60, createRandom(1)).blurPx).toBe(0.8);
  });
});

describe('sampleGrain', () => {
  const size = ({ data }: { data: Float32Array }) =>
    Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);

  it('is as strong as the grain of the photo', () => {
    const grain = size(sampleGrain(stripes(0, 4), 0, 0, SIDE, SIDE, createRandom(1)));
    expect(Math.abs(grain / 4 - 1)).toBeLessThan(0.3);
    expect(size(sampleGrain(stripes(0, 0), 0, 0, SIDE, SIDE, createRandom(1)))).toBeLessThan(0.5);
  });

  it('is none in a window smaller than a patch', () => {
    expect(size(sampleGrain(stripes(0, 4), 0, 0, 10, 10, createRandom(1)))).toBe(0);
  });
});
