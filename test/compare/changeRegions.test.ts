import { expect, it } from 'vitest';
import { findRegions, findShelves } from '../../src/compare/index.js';
import { mapWith } from './maps.js';

it('gives one region a bump, strongest first, with both directions', () => {
  const regions = findRegions(
    mapWith([
      { x: 10, y: 5, width: 3, height: 2, added: 2, removed: -3 },
      { x: 30, y: 20, width: 1, height: 4, added: -1, removed: 5 },
    ]),
  );
  expect(regions).toEqual([
    { box: { x: 120, y: 80, width: 4, height: 16 }, added: -1, removed: 5, peak: 5 },
    { box: { x: 40, y: 20, width: 12, height: 8 }, added: 2, removed: -3, peak: 2 },
  ]);
});

it('parts two summits by the depth of the saddle between them', () => {
  const ridge = (saddle: number) =>
    mapWith([
      { x: 10, y: 10, width: 3, height: 3, added: 4 },
      { x: 13, y: 10, width: 1, height: 3, added: saddle },
      { x: 14, y: 10, width: 3, height: 3, added: 3 },
    ]);
  // The lower summit stands 0.5 above the one saddle and 3 above the other.
  expect(findRegions(ridge(2.5))).toHaveLength(1);
  expect(findRegions(ridge(0))).toHaveLength(2);
});

it('leaves the flank of a summit out of its box', () => {
  const map = mapWith([
    { x: 8, y: 8, width: 7, height: 7, added: -1 },
    { x: 10, y: 10, width: 3, height: 3, added: 4 },
  ]);
  expect(findRegions(map)[0]!.box).toEqual({ x: 40, y: 40, width: 12, height: 12 });
});

it('finds nothing in a quiet map', () => {
  expect(findRegions(mapWith([]))).toEqual([]);
});

it('tells a shelf beside a summit, which has none of its own, and no flank that runs out', () => {
  const summit = { x: 10, y: 10, width: 6, height: 6, added: 5 };
  const shelf = { x: 16, y: 10, width: 8, height: 6, removed: 2 };
  const beside = mapWith([summit, shelf]);
  const regions = findRegions(beside);
  expect(regions.map(({ box }) => box)).toEqual([{ x: 40, y: 40, width: 24, height: 24 }]);
  expect(findShelves(beside, regions, 1)).toEqual([
    { box: { x: 72, y: 40, width: 24, height: 24 }, added: -9, removed: 2, peak: 2 },
  ]);
  // As far below the level of chance it is worth nothing, and a step of a few cells is how every summit ends.
  expect(findShelves(beside, regions, 4)).toEqual([]);
  const small = mapWith([summit, { ...shelf, width: 4 }]);
  const large = mapWith([
    { ...summit, x: 2, y: 4, width: 14, height: 14 },
    { ...shelf, y: 4, height: 14 },
  ]);
  for (const step of [small, large]) expect(findShelves(step, findRegions(step), 1)).toEqual([]);
});
