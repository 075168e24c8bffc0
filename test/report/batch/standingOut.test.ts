import { expect, it } from 'vitest';
import type { Row } from '../../../src/report/batch/index.js';
import { poissonTail, standingOut } from '../../../src/report/batch/standingOut.js';
import { fakeReport } from './fakeReport.js';

const [base] = fakeReport().photos as [Row];

/** A photo with weak differences at these places. */
function photo(k: number, places: number[], more: Partial<Row> = {}): Row {
  const weak = places.map((place) => ({
    referenceBox: { x: 40 * (place % 50), y: 40 * Math.floor(place / 50), width: 24, height: 24 },
    score: 0.4,
  }));
  return { ...base, path: `${k}.jpg`, folder: `photos/${k}`, reference: 'board', weak, ...more };
}
/** Each in places of its own. */
const own = (k: number, number: number) => Array.from({ length: number }, (_, n) => 100 * (k + 1) + 2 * n);

it("is Poisson's tail", () => {
  expect(poissonTail(0, 2)).toBe(1);
  expect(poissonTail(1, 2)).toBeCloseTo(1 - Math.exp(-2), 10);
  expect(poissonTail(3, 1)).toBeCloseTo(1 - 2.5 * Math.exp(-1), 10);
});

it('names the board with many more weak differences than the others, and no other', () => {
  const rows = Array.from({ length: 20 }, (_, k) => photo(k, own(k, k === 7 ? 9 : k % 3)));
  expect(standingOut(rows)).toEqual([{ row: rows[7], weak: 9, usual: expect.closeTo(18.5 / 19, 5) }]);
});

it('names none in an even batch, in a small one, or of places that several boards show', () => {
  expect(standingOut(Array.from({ length: 20 }, (_, k) => photo(k, own(k, 6))))).toEqual([]);
  expect(standingOut(Array.from({ length: 7 }, (_, k) => photo(k, own(k, k === 0 ? 20 : 0))))).toEqual([]);
  const shared = Array.from({ length: 20 }, (_, k) => photo(k, k < 3 ? own(0, 9) : []));
  expect(standingOut(shared)).toEqual([]);
  // Another reference is another batch, and the same photo twice is one.
  const mixed = Array.from({ length: 12 }, (_, k) =>
    photo(k, own(k, k === 0 ? 9 : 0), { reference: k < 6 ? 'a' : 'b' }),
  );
  expect(standingOut(mixed)).toEqual([]);
  const twice = Array.from({ length: 9 }, (_, k) => photo(Math.max(1, k), own(k, k < 2 ? 9 : 0)));
  expect(standingOut(twice).map(({ row }) => row.folder)).toEqual(['photos/1']);
});

it('is quick with a large batch', () => {
  const rows = Array.from({ length: 5000 }, (_, k) =>
    photo(k, [(7 * k) % 2500, (13 * k) % 2500, (29 * k) % 2500]),
  );
  expect(standingOut(rows)).toEqual([]);
});
