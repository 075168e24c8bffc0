import type { ChangeMap } from '../detect/index.js';
import { type Box, growBox, pixelBox, scaleBox } from '../geometry/index.js';

/** Cells that one difference may lie apart by in two comparisons. */
const APART = 2;

/** The strongest change of either direction in a box and up to two cells beside it; -Infinity outside of the map. */
export function strongestNear(map: ChangeMap, box: Box): { added: number; removed: number } {
  const near = pixelBox(scaleBox(growBox(box, APART * map.cell), 1 / map.cell), map.columns, map.rows);
  let added = -Infinity;
  let removed = -Infinity;
  if (!near) return { added, removed };
  for (let y = near.y; y < near.y + near.height; y++) {
    for (let x = near.x; x < near.x + near.width; x++) {
      added = Math.max(added, map.added[y * map.columns + x]!);
      removed = Math.max(removed, map.removed[y * map.columns + x]!);
    }
  }
  return { added, removed };
}
