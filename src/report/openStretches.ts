import type { Box, Point } from '../geometry/index.js';

/** The parts of a straight line that lie in none of the boxes, in order from `from` to `to`. */
export function openStretches(from: Point, to: Point, boxes: readonly Box[]): [Point, Point][] {
  const covered = boxes
    .map((box) => stretchInside(from, to, box))
    .filter((stretch) => stretch !== null)
    .sort((a, b) => a[0] - b[0]);
  const at = (t: number): Point => [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
  const open: [Point, Point][] = [];
  let reached = 0;
  for (const [start, end] of [...covered, [1, 1] as const]) {
    if (start > reached) open.push([at(reached), at(start)]);
    reached = Math.max(reached, end);
  }
  return open;
}

/**
 * Where a line enters and leaves a box, as shares of its length; `null` when it does not meet it.
 * Source: Liang and Barsky, A new concept and method for line clipping, 1984.
 */
function stretchInside(from: Point, to: Point, { x, y, width, height }: Box): [number, number] | null {
  let start = 0;
  let end = 1;
  for (const [position, direction, low, high] of [
    [from[0], to[0] - from[0], x, x + width],
    [from[1], to[1] - from[1], y, y + height],
  ] as const) {
    if (direction === 0) {
      if (position < low || position > high) return null;
      continue;
    }
    const a = (low - position) / direction;
    const b = (high - position) / direction;
    start = Math.max(start, Math.min(a, b));
    end = Math.min(end, Math.max(a, b));
  }
  return start < end ? [start, end] : null;
}
