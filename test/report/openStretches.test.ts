import { expect, test } from 'vitest';
import { openStretches } from '../../src/report/openStretches.js';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

test('a line is cut where boxes lie on it', () => {
  expect(openStretches([0, 5], [100, 5], [])).toEqual([
    [
      [0, 5],
      [100, 5],
    ],
  ]);
  expect(
    openStretches([0, 5], [100, 5], [box(40, 0, 20, 10), box(50, 0, 20, 10), box(10, 20, 9, 9)]),
  ).toEqual([
    [
      [0, 5],
      [40, 5],
    ],
    [
      [70, 5],
      [100, 5],
    ],
  ]);
});

test('a slanting line, and boxes at its ends', () => {
  expect(openStretches([0, 0], [100, 50], [box(-5, -5, 25, 15), box(80, 30, 30, 30)])).toEqual([
    [
      [20, 10],
      [80, 40],
    ],
  ]);
});

test('a covered line leaves nothing', () => {
  expect(openStretches([10, 10], [20, 10], [box(0, 0, 30, 30)])).toEqual([]);
});
