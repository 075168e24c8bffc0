import { expect, it } from 'vitest';
import type { ChangeRegion } from '../../src/compare/index.js';
import type { Box } from '../../src/geometry/index.js';
import type { Look } from '../../src/look.js';
import { severalLooks } from '../../src/severalLooks.js';

const CELL = 4;
const SIDE = 64;
const CHANCE = { spread: 1 };
const PLACE: Box = { x: 16, y: 16, width: 8, height: 8 };

/** A look at a small board: how strong the change at one place is, and which columns can be judged. */
function look(index: number, peak: number, { level = 0, judgedFrom = 0 } = {}): Look {
  const columns = SIDE / CELL;
  const added = new Float32Array(columns * columns).fill(-9);
  added[5 * columns + 5] = peak;
  const region: ChangeRegion = { box: PLACE, added: peak, removed: -9, peak };
  const judged = Uint8Array.from({ length: SIDE * SIDE }, (_, k) => (k % SIDE >= judgedFrom ? 1 : 0));
  const lost = { x: 0, y: 0, width: judgedFrom, height: SIDE };
  return {
    index,
    level,
    regions: [region],
    changes: { columns, rows: columns, cell: CELL, added, removed: new Float32Array(added.length).fill(-9) },
    parts: [],
    visible: new Float32Array([20 + index]),
    place: { box: (box: Box) => box, inPhoto: (box: Box) => box },
    view: {
      surface: { width: SIDE, height: SIDE },
      scale: 1,
      board: new Uint8Array(SIDE * SIDE).fill(1),
      judged,
      judgedFraction: 1 - judgedFrom / SIDE,
      sharedDetail: 0.5 + index / 10,
      tolerancePx: 2,
      notJudged: judgedFrom > 0 ? [{ reason: 'glare', box: lost }] : [],
      judgedShare: (box: Box) => (box.x >= judgedFrom ? 1 : 0),
    },
  } as unknown as Look;
}

it('leaves one photo as it is', () => {
  const one = look(0, 5, { level: 1 });
  const board = severalLooks([one], [], CHANCE);
  expect(board.regions).toBe(one.regions);
  expect(board).toMatchObject({ level: 1, judgedFraction: 1 });
});

it('takes back below chance what only one of two or three photos shows', () => {
  expect(severalLooks([look(0, 2.5), look(1, -4)], [], CHANCE).regions[0]!.peak).toBeLessThan(-0.4);
  expect(severalLooks([look(0, 2.5), look(1, -4), look(2, -5)], [], CHANCE).regions[0]!.peak).toBeLessThan(
    -0.7,
  );
});

it('counts a difference half as the majority shows it and half as the plainest photo does, against the level of each', () => {
  expect(severalLooks([look(0, 6), look(1, 4), look(2, -5)], [], CHANCE).regions[0]!.peak).toBe(5);
  expect(severalLooks([look(0, 6), look(1, 6), look(2, -5)], [], CHANCE).regions[0]!.peak).toBe(6);
  // The second photo is a restless one: its 5 is worth 3 of the first.
  const board = severalLooks([look(0, 5, { level: 0 }), look(1, 5, { level: 2 })], [], CHANCE);
  expect(board.level).toBe(1);
  expect(board.regions[0]!.peak).toBe(5);
  expect(board.regions).toHaveLength(1);
});

it('tells what one photo shows beyond doubt, as the photo that shows it: they may be of two boards', () => {
  const board = severalLooks([look(0, -4), look(1, 12), look(2, -5)], [], CHANCE);
  // As rare as what chance shows thirty times less often: ten times, for each of three photos.
  expect(board.regions[0]!.peak).toBeCloseTo(12 - Math.log(30), 9);
  expect(board.oneOf(PLACE)).toBe(3);
  expect(board.bestOf(PLACE).index).toBe(1);
  // Where that photo lets one judge nothing, it is not believed.
  const washedOut = look(1, 12, { judgedFrom: 40 });
  expect(severalLooks([look(0, -4), washedOut, look(2, -5)], [], CHANCE).oneOf(PLACE)).toBeNull();
});

it('does not say that only one photo shows what others show too, less plainly', () => {
  const board = severalLooks([look(0, 12), look(1, 8), look(2, -5)], [], CHANCE);
  expect(board.regions[0]!.peak).toBe(10);
  expect(board.oneOf(PLACE)).toBeNull();
});

it('does not say so of a place where a stronger difference is shared, whatever one photo shows beside it', () => {
  const beside: Box = { x: 48, y: 16, width: 4, height: 4 };
  const one = look(0, 12);
  one.regions.push({ box: beside, added: 5, removed: -9, peak: 5 });
  const board = severalLooks([one, look(1, 12), look(2, 12)], [], CHANCE);
  expect(board.oneOf(beside)).toBe(3);
  expect(board.oneOf({ x: 16, y: 16, width: 36, height: 8 })).toBeNull();
});

it('asks only photos that see the place', () => {
  // The second shows nothing there, since glare hides it.
  const board = severalLooks([look(0, 6), look(1, -4, { judgedFrom: 40 })], [], CHANCE);
  expect(board.regions[0]!.peak).toBe(6);
});

it('judges what any of the photos lets one judge', () => {
  const glared = look(0, -9, { judgedFrom: 32 });
  expect(severalLooks([glared], [], CHANCE)).toMatchObject({ judgedFraction: 0.5 });
  expect(severalLooks([glared], [], CHANCE).notJudged).toHaveLength(1);
  const both = severalLooks([glared, look(1, -9)], [], CHANCE);
  expect(both).toMatchObject({ judgedFraction: 1, notJudged: [], sharedDetail: 0.6 });
  expect(both.bestOf(PLACE).index).toBe(1);
  expect([...both.visible]).toEqual([20]);
});

it('does not judge a site that is a few pixels in every photo', () => {
  const site = {
    id: 'R1',
    label: null,
    box: { x: 40, y: 40, width: 4, height: 2 },
    rotation: 0,
    side: 'top',
    expected: 'fitted',
  };
  const board = severalLooks([look(0, -9)], [site] as never, CHANCE);
  expect(board.judgedShare(site.box)).toBe(0);
  expect(board.notJudged).toMatchObject([{ reason: 'resolution', box: site.box }]);
});
