import { expect, test } from 'vitest';
import { Candidates, CUT } from '../../src/detect/candidates.js';
import { detectionAt } from '../../src/detect/detections.js';
import { merge } from '../../src/detect/merge.js';

type Row = [
  left: number,
  top: number,
  right: number,
  bottom: number,
  score: number,
  cuts?: number,
  label?: number,
];

function merged(rows: Row[], most = 100): number[][] {
  const candidates = new Candidates();
  for (const [left, top, right, bottom, score, cuts = 0, label = 0] of rows) {
    candidates.add(left, top, right, bottom, score, label, 0.5, cuts);
  }
  const result = merge(candidates, 0.5, ['ic', 'resistor'], most);
  return Array.from({ length: result.count }, (_, k) => {
    const { box, score } = detectionAt(result, k);
    return [box.x, box.y, box.width, box.height, Math.round(score * 100) / 100];
  });
}

test('nothing gives nothing', () => {
  expect(merged([])).toEqual([]);
});

test('of two boxes with IoU above the limit the better stays, whatever their classes', () => {
  // Shared 8×10 of 100 + 100 − 80: IoU 0.67.
  expect(
    merged([
      [0, 0, 10, 10, 0.6],
      [2, 0, 12, 10, 0.7, 0, 1],
    ]),
  ).toEqual([[2, 0, 10, 10, 0.7]]);
});

test('IoU at or below the limit leaves both, best first', () => {
  // Shared 6×10 of 100 + 100 − 60: IoU 0.43.
  expect(
    merged([
      [0, 0, 10, 10, 0.6],
      [4, 0, 14, 10, 0.7],
    ]),
  ).toEqual([
    [4, 0, 10, 10, 0.7],
    [0, 0, 10, 10, 0.6],
  ]);
});

test('a weaker box inside another, of 0.3 to 0.5 of its area, is a piece of it', () => {
  expect(
    merged([
      [0, 0, 10, 10, 0.9],
      [0, 0, 10, 4, 0.5],
    ]),
  ).toEqual([[0, 0, 10, 10, 0.9]]);
});

test('one that is as sure as the larger is a part on it', () => {
  expect(
    merged([
      [0, 0, 10, 10, 0.9],
      [0, 0, 10, 4, 0.85],
    ]),
  ).toHaveLength(2);
});

test('small parts on and beside a large one stay, however weak', () => {
  expect(
    merged([
      [0, 0, 100, 100, 0.9],
      [10, 10, 30, 20, 0.2],
      [106, 0, 126, 100, 0.2],
    ]),
  ).toHaveLength(3);
});

test('a cut box goes into the whole one around it, whatever its size, even when its score is better', () => {
  expect(
    merged([
      [0, 0, 200, 40, 0.5],
      [150, 0, 199, 40, 0.8, CUT.left],
    ]),
  ).toEqual([[0, 0, 200, 40, 0.5]]);
});

test('a whole box that is a mere hint does not swallow a sure piece', () => {
  expect(
    merged([
      [0, 0, 200, 40, 0.3],
      [150, 0, 199, 40, 0.8, CUT.left],
    ]),
  ).toHaveLength(2);
});

test('pieces cut at facing edges that overlap and agree along the seam are one part', () => {
  expect(
    merged([
      [10, 0, 64, 20, 0.6, CUT.right, 1],
      [45, 1, 109, 20, 0.7, CUT.left | CUT.right],
      [91, 0, 120, 21, 0.5, CUT.left],
    ]),
  ).toEqual([[10, 0, 110, 21, 0.7]]);
});

test('pieces on different rows are two parts, and so are pieces that do not face each other', () => {
  expect(
    merged([
      [10, 0, 64, 20, 0.6, CUT.right],
      [45, 26, 120, 46, 0.7, CUT.left],
    ]),
  ).toHaveLength(2);
  expect(
    merged([
      [10, 0, 64, 20, 0.6, CUT.left],
      [45, 0, 120, 20, 0.7, CUT.right],
    ]),
  ).toHaveLength(2);
});

test('no more than asked for, the best ones', () => {
  const rows: Row[] = Array.from({ length: 50 }, (_, k) => [20 * k, 0, 20 * k + 10, 10, (k + 1) / 100]);
  expect(merged(rows, 2).map((row) => row[4])).toEqual([0.5, 0.49]);
});

test('10,000 apart parts in a grid all stay', () => {
  const rows: Row[] = Array.from({ length: 10_000 }, (_, k) => {
    const [x, y] = [(k % 100) * 30, Math.floor(k / 100) * 30];
    return [x, y, x + 20, y + 20, 0.5];
  });
  expect(merged(rows, 20_000)).toHaveLength(10_000);
});

test('candidates refuse what is not finite, and count it', () => {
  const candidates = new Candidates();
  candidates.add(0, 0, Number.NaN, 1, 0.5, 0, 0.5);
  candidates.add(0, 0, Infinity, 1, 0.5, 0, 0.5);
  candidates.add(0, 0, 1, 1, Number.NaN, 0, 0.5);
  expect(candidates.notNumbers).toBe(3);
  candidates.add(5, 0, 5, 1, 0.5, 0, 0.5);
  candidates.add(0, 0, 1, 1, 0, 0, 0.5);
  expect(candidates.count).toBe(0);
  candidates.add(0, 0, 1, 1, 1.5, 0, 1.5);
  expect([candidates.scores[0], candidates.classScores[0]]).toEqual([1, 1]);
});
