import type { Point } from './box.js';
import { type Homography, mapPoint } from './homography.js';

/**
 * Fills a closed polygon (even-odd rule) into a new mask, one byte a pixel: 1 where the pixel's centre is inside.
 * Whole coordinates are pixel centres.
 */
export function fillPolygon(polygon: readonly Point[], width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  const crossings: number[] = [];
  for (let y = 0; y < height; y++) {
    crossings.length = 0;
    for (let k = 0, j = polygon.length - 1; k < polygon.length; j = k++) {
      const [xk, yk] = polygon[k]!;
      const [xj, yj] = polygon[j]!;
      if (yk > y !== yj > y) crossings.push(xk + ((y - yk) / (yj - yk)) * (xj - xk));
    }
    crossings.sort((a, b) => a - b);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]!));
      const to = Math.min(width - 1, Math.floor(crossings[k + 1]!));
      if (to >= from) mask.fill(1, y * width + from, y * width + to + 1);
    }
  }
  return mask;
}

/** The same for a polygon that is given in other coordinates, which `mapping` takes to pixels of the mask. */
export function fillMapped(
  polygon: readonly Point[],
  mapping: Homography,
  width: number,
  height: number,
): Uint8Array {
  return fillPolygon(
    polygon.map((point) => mapPoint(mapping, point)),
    width,
    height,
  );
}
