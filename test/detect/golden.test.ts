import { expect, test } from 'vitest';
import { goldenDifference, latticePattern } from '../../src/detect/golden.js';

test('lattice-1 by hand', () => {
  const rgb = latticePattern(64, 64);
  const at = (x: number, y: number, c: number) => rgb[(y * 64 + x) * 3 + c];
  expect([at(0, 0, 0), at(0, 0, 1), at(0, 0, 2)]).toEqual([0, 29, 58]);
  // 7·3 + 13·2 + 5·(6 mod 17) = 77
  expect(at(3, 2, 0)).toBe(77);
  // 7·63 + 13·63 + 29·2 + 5·(3969 mod 17 = 8) = 1358, less 5·256
  expect(at(63, 63, 2)).toBe(78);
});

test('the tolerance is absolute for scores and relative for coordinates', () => {
  expect(goldenDifference([[0.5, 100]], [[0.5009, 100.09]], 1e-3)).toBeNull();
  expect(goldenDifference([[0.5]], [[0.502]], 1e-3)).toEqual({
    row: 0,
    column: 0,
    expected: 0.502,
    got: 0.5,
  });
  expect(goldenDifference([[0.5, 100]], [[0.5, 100.2]], 1e-3)).toMatchObject({ column: 1 });
});

test('NaN and missing numbers differ', () => {
  expect(goldenDifference([[Number.NaN]], [[0]], 1)).toMatchObject({ got: Number.NaN });
  expect(goldenDifference([], [[0]], 1)).toMatchObject({ row: 0, got: undefined });
});
