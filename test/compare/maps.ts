import type { ChangeMap } from '../../src/detect/index.js';

/** A quiet change map of 4 px cells with rectangular bumps, given in cells. */
export function mapWith(
  bumps: { x: number; y: number; width: number; height: number; added?: number; removed?: number }[],
  columns = 60,
  rows = 40,
): ChangeMap {
  const added = new Float32Array(columns * rows).fill(-9);
  const removed = new Float32Array(columns * rows).fill(-9);
  for (const bump of bumps) {
    for (let y = bump.y; y < bump.y + bump.height; y++) {
      for (let x = bump.x; x < bump.x + bump.width; x++) {
        if (bump.added !== undefined) added[y * columns + x] = bump.added;
        if (bump.removed !== undefined) removed[y * columns + x] = bump.removed;
      }
    }
  }
  return { columns, rows, cell: 4, added, removed };
}
