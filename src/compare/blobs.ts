import type { Box } from '../geometry/index.js';

/** A connected piece of a map above a threshold. */
export interface Blob {
  box: Box;
  /** Pixels in it. */
  area: number;
  /** Mean of the map in it, and its largest value. */
  mean: number;
  peak: number;
}

/**
 * Connected pieces (4-neighbourhood) of the pixels that are above `low` and connected to one above `high`:
 * thresholding with hysteresis (Canny, PAMI 1986).
 */
export function findBlobs(
  map: Float32Array,
  width: number,
  height: number,
  low: number,
  high: number,
): Blob[] {
  const done = new Uint8Array(map.length);
  const stack: number[] = [];
  const blobs: Blob[] = [];
  for (let start = 0; start < map.length; start++) {
    if (done[start] !== 0 || map[start]! < high) continue;
    let left = width;
    let right = 0;
    let top = height;
    let bottom = 0;
    let area = 0;
    let sum = 0;
    let peak = 0;
    done[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const k = stack.pop()!;
      const x = k % width;
      const y = (k - x) / width;
      const value = map[k]!;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      if (value > peak) peak = value;
      sum += value;
      area++;
      if (x > 0) visit(k - 1);
      if (x < width - 1) visit(k + 1);
      if (y > 0) visit(k - width);
      if (y < height - 1) visit(k + width);
    }
    blobs.push({
      box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 },
      area,
      mean: sum / area,
      peak,
    });
  }
  return blobs;

  function visit(k: number): void {
    if (done[k] === 0 && map[k]! >= low) {
      done[k] = 1;
      stack.push(k);
    }
  }
}
