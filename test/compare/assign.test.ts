import { expect, it } from 'vitest';
import { assign } from '../../src/compare/assign.js';

it('pairs a crowd on one place without filling the memory', () => {
  const box = (k: number) => ({ x: (k % 7) / 10, y: 0, width: 10, height: 10 });
  const sites = Array.from({ length: 20_000 }, (_, k) => box(k));
  const parts = Array.from({ length: 300 }, (_, k) => box(k));
  const { pairs, openSites, openParts } = assign(sites, parts, 2);
  expect(new Set(pairs.map(([site]) => site)).size).toBe(pairs.length);
  expect(new Set(pairs.map(([, part]) => part)).size).toBe(pairs.length);
  expect(pairs.length + openSites.length).toBe(20_000);
  expect(pairs.length + openParts.length).toBe(300);
  expect(pairs.length).toBeGreaterThan(40);
});

it('pairs a few exactly, also where the cheapest pair first would leave one open', () => {
  const at = (x: number) => ({ x, y: 0, width: 10, height: 10 });
  // 4 is nearest to 3, but then 0 would have none.
  const { pairs } = assign([at(0), at(8)], [at(4), at(13)], 5);
  expect(pairs).toEqual([
    [0, 0],
    [1, 1],
  ]);
});
