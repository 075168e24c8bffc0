import { expect, it } from 'vitest';
import {
  addVariation,
  decodeVariation,
  encodeVariation,
  noVariation,
  variationIn,
} from '../../src/layout/index.js';

const map = (added: number[], removed: number[]) => ({
  columns: 4,
  rows: 2,
  cell: 5,
  added: Float32Array.from(added),
  removed: Float32Array.from(removed),
});
const quiet = Array(8).fill(-20);

it('keeps the strongest change of either direction, whichever board shows it', () => {
  const variation = noVariation(map(quiet, quiet));
  addVariation(variation, map([-20, -20, -20, 2, -20, -20, -20, -20], quiet));
  addVariation(variation, map(quiet, [-20, -20, -20, 3.5, -20, -20, -20, -20]));
  addVariation(variation, map([-20, -20, -20, 1, -20, -20, -20, -20], quiet));
  expect(variationIn(variation, { x: 15, y: 0, width: 5, height: 5 })).toBe(3.5);
  // One cell beside it counts, two do not.
  expect(variationIn(variation, { x: 10, y: 5, width: 5, height: 5 })).toBe(3.5);
  expect(variationIn(variation, { x: 5, y: 5, width: 4, height: 5 })).toBe(-Infinity);
});

it('takes no map of another size', () => {
  const variation = noVariation({ columns: 3, rows: 2, cell: 5 });
  expect(() => addVariation(variation, map(quiet, quiet))).toThrow('expected a map of 3×2 cells, got 4×2');
});

it('comes back from its file, and nothing else does', () => {
  const variation = noVariation(map(quiet, quiet));
  addVariation(variation, map([-20, 2, -20, -20, -20, -20, 9, -20], quiet));
  const bytes = encodeVariation(variation);
  expect(decodeVariation(bytes)).toEqual(variation);
  expect(decodeVariation(bytes.subarray(0, bytes.length - 3))).toBeNull();
  expect(decodeVariation(Buffer.from('{"variationFile":1,"columns":1e9,"rows":1e9,"cell":1}\n'))).toBeNull();
  expect(decodeVariation(Buffer.from('a photo'))).toBeNull();
});
