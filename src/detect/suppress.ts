import { BoxGrid } from './boxGrid.js';
import type { Candidates } from './candidates.js';
import { areaOf, sharedArea } from './overlap.js';

/**
 * Greedy non-maximum suppression over all classes: keeps, in the given order, boxes that overlap none kept before
 * by more than `nmsIou`.
 * @param order indices into `candidates`, best first
 * @param alsoGoes further reason for box k to go beside a kept one that is near it
 * @returns the kept indices, in order
 */
export function suppress(
  candidates: Candidates,
  order: readonly number[],
  nmsIou: number,
  alsoGoes?: (kept: number, k: number) => boolean,
): number[] {
  const { corners } = candidates;
  const grid = gridOf(candidates);
  const goes = (kept: number, k: number) => {
    const shared = sharedArea(corners, kept, k);
    if (shared === 0) return false;
    if (shared > nmsIou * (areaOf(corners, kept) + areaOf(corners, k) - shared)) return true;
    return alsoGoes?.(kept, k) ?? false;
  };
  return order.filter((k) => {
    if (grid.some(k, goes)) return false;
    grid.add(k);
    return true;
  });
}

/** An empty grid over all boxes. */
export function gridOf({ corners, count }: Candidates): BoxGrid {
  let right = 0;
  let bottom = 0;
  for (let k = 0; k < count; k++) {
    right = Math.max(right, corners[4 * k + 2]!);
    bottom = Math.max(bottom, corners[4 * k + 3]!);
  }
  return new BoxGrid(corners, right, bottom);
}
