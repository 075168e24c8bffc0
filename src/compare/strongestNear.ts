import type { ChangeMap } from '../detect/index.js';
import { type Box, growBox, pixelBox, scaleBox } from '../geometry/index.js';

/** The strongest change of either direction in a box and up to `apart` cells beside it; -Infinity outside of the map. */
export function strongestNear(map: ChangeMap, box: Box, apart: number): { added: number; removed: number } {
  const near = pixelBox(scaleBox(growBox(box, apart * map.cell), 1 / map.cell), map.columns, map.rows);
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
