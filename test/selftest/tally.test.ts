import { describe, expect, it } from 'vitest';
import { plantSizes, type SizeTally, smallestShown, tallySizes } from '../../src/selftest/tally.js';

const tally = (longSidePx: number, found: number, planted: number): SizeTally => ({
  longSidePx,
  planted,
  found,
});

describe('plantSizes', () => {
  it('plants each size equally often, and spreads a few over the range', () => {
    const of48 = tallySizes(plantSizes(48).map((longSidePx) => ({ longSidePx, found: false })));
    expect(of48.map(({ longSidePx }) => longSidePx)).toEqual([8, 10, 12, 16, 20, 24, 32, 48]);
    expect(of48.every(({ planted }) => planted === 6)).toBe(true);
    expect(plantSizes(3)).toEqual([8, 24, 48]);
  });

  it('plants the size that is said to show as well, unless it is planted anyhow or finds no place', () => {
    const sizes = (stated: number | null) => [...new Set(plantSizes(48, stated))].sort((a, b) => a - b);
    expect(sizes(22)).toEqual([8, 10, 12, 16, 20, 22, 24, 32, 48]);
    expect(sizes(20)).toEqual(sizes(null));
    expect(sizes(90)).toEqual(sizes(null));
  });
});

describe('tallySizes', () => {
  it('counts by size, smallest first', () => {
    const outcomes = [
      { longSidePx: 20, found: true },
      { longSidePx: 8, found: false },
      { longSidePx: 20, found: false },
    ];
    expect(tallySizes(outcomes)).toEqual([tally(8, 0, 1), tally(20, 1, 2)]);
    expect(tallySizes([])).toEqual([]);
  });
});

describe('smallestShown', () => {
  it('is the smallest size from which on four in five were found', () => {
    expect(smallestShown([tally(8, 1, 5), tally(12, 4, 5), tally(20, 5, 5)])).toBe(12);
    expect(smallestShown([tally(8, 5, 5), tally(12, 5, 5)])).toBe(8);
  });

  it('takes sizes that are out of order together', () => {
    // 32 and 48: 10 of 12 together. Of 10 and 12, 8 of 12: a lucky small size does not count alone.
    expect(smallestShown([tally(24, 4, 6), tally(32, 6, 6), tally(48, 4, 6)])).toBe(32);
    expect(smallestShown([tally(10, 5, 6), tally(12, 3, 6), tally(16, 6, 6)])).toBe(16);
    expect(smallestShown([tally(8, 6, 6), tally(12, 0, 6), tally(16, 1, 6)])).toBeNull();
  });

  it('is null where no size qualifies, or nothing was planted', () => {
    expect(smallestShown([tally(8, 0, 6), tally(48, 4, 6)])).toBeNull();
    expect(smallestShown([])).toBeNull();
  });
});
