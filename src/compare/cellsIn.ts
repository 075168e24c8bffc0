import type { ChangeMap } from '../detect/index.js';
import type { Box } from '../geometry/index.js';

/** The cells of a map that a box covers, row after row. @param box in pixels of the frame, on the map's grid or rounded to it */
export function cellsIn(box: Box, { cell, columns, rows }: ChangeMap): number[] {
  const [left, right] = [
    Math.max(0, Math.round(box.x / cell)),
    Math.min(columns, Math.round((box.x + box.width) / cell)),
  ];
  const [top, bottom] = [
    Math.max(0, Math.round(box.y / cell)),
    Math.min(rows, Math.round((box.y + box.height) / cell)),
  ];
  const cells: number[] = [];
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) cells.push(y * columns + x);
  return cells;
}
