import { expect, it } from 'vitest';
import { findRegions, restOf } from '../../src/compare/index.js';
import { mapWith } from './maps.js';

/** Two parts of 10 × 10 cells of 4 px, one below the other, in one difference. */
const ridge = mapWith([
  { x: 10, y: 10, width: 10, height: 10, added: 5 },
  { x: 10, y: 20, width: 10, height: 10, removed: 4 },
]);
const [whole] = findRegions(ridge);
const upper = { x: 40, y: 40, width: 40, height: 40 };

it('is the part beside the one that is told, less its rim, as high as the map has it there', () => {
  expect(restOf(whole!, [upper], ridge)).toEqual([
    { box: { x: 40, y: 84, width: 40, height: 36 }, added: -9, removed: 4, peak: 4 },
  ]);
});

it('is lower by as much as other looks lowered the whole', () => {
  const doubted = { ...whole!, peak: whole!.peak - 2 };
  expect(restOf(doubted, [upper], ridge)).toMatchObject([{ removed: 2, peak: 2 }]);
});

it('is nothing where all is told, or nothing but a rim or a strip is left', () => {
  expect(restOf(whole!, [whole!.box], ridge)).toEqual([]);
  expect(restOf(whole!, [{ ...upper, height: 70 }], ridge)).toEqual([]);
  expect(restOf(whole!, [{ ...upper, height: 64 }], ridge)).toEqual([]);
});

it('is no end of the part that is told, however square', () => {
  const most = { ...upper, height: 54 };
  expect(restOf(whole!, [most], ridge)).toEqual([]);
  expect(restOf(whole!, [{ ...most, height: 46 }], ridge)).toHaveLength(1);
});

it('is everything where nothing is told, but no flank', () => {
  const flanked = mapWith([
    { x: 8, y: 10, width: 20, height: 10, added: -1 },
    { x: 10, y: 10, width: 10, height: 10, added: 5 },
  ]);
  const difference = { ...findRegions(flanked)[0]!, box: { x: 32, y: 40, width: 80, height: 40 } };
  expect(restOf(difference, [], flanked)).toMatchObject([{ box: upper }]);
});
