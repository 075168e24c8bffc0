import { type Box, pixelBox } from '../geometry/index.js';
import type { Raster } from './raster.js';

/** Writes what is in a box of one RGB picture into another of the same size. */
export function copyBox(from: Raster, to: Raster, box: Box): void {
  const area = pixelBox(box, from.width, from.height);
  if (!area) return;
  for (let y = area.y; y < area.y + area.height; y++) {
    const start = (y * from.width + area.x) * 3;
    to.data.set(from.data.subarray(start, start + area.width * 3), start);
  }
}
