import { expect, it } from 'vitest';
import { cutByParts, findRegions } from '../../src/compare/index.js';
import { mapWith } from './maps.js';

/** Two neighbours that both changed, and a saddle between them that is no saddle: one region. */
const ridge = mapWith([
  { x: 10, y: 10, width: 8, height: 5, removed: 4 },
  { x: 18, y: 10, width: 1, height: 5, removed: 3.5 },
  { x: 19, y: 10, width: 8, height: 5, removed: 3 },
]);
const left = { x: 40, y: 40, width: 32, height: 20 };
const right = { x: 76, y: 40, width: 32, height: 20 };

it('gives each of several parts under one ridge a region with its own summit', () => {
  const regions = findRegions(ridge);
  expect(regions).toHaveLength(1);
  const pieces = cutByParts(ridge, regions, [left, right]);
  expect(pieces).toEqual([
    { box: left, added: -9, removed: 4, peak: 4 },
    { box: right, added: -9, removed: 3, peak: 3 },
  ]);
});

it('leaves a region whole that holds one part, seen twice or beside others', () => {
  const regions = findRegions(ridge);
  const again = { ...left, x: 42, width: 30 };
  const beside = { x: 40, y: 70, width: 68, height: 30 };
  const speck = { x: 90, y: 44, width: 6, height: 6 };
  expect(cutByParts(ridge, regions, [])).toEqual(regions);
  expect(cutByParts(ridge, regions, [left, again, beside, speck])).toEqual(regions);
});

it('keeps what is strongest where no part is', () => {
  const odd = mapWith([
    { x: 10, y: 10, width: 8, height: 5, removed: 2 },
    { x: 18, y: 10, width: 4, height: 5, removed: 4 },
    { x: 22, y: 10, width: 8, height: 5, removed: 2 },
  ]);
  const parts = [left, { x: 88, y: 40, width: 32, height: 20 }];
  const pieces = cutByParts(odd, findRegions(odd), parts);
  expect(pieces[0]).toMatchObject({ peak: 4, removed: 4 });
  expect(pieces).toHaveLength(3);
});
