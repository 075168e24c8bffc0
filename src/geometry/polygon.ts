import type { Point } from './box.js';

/** Signed area by the shoelace formula: positive when the corners run clockwise on screen (y down). */
export function signedArea(polygon: readonly Point[]): number {
  let twice = 0;
  for (let k = 0; k < polygon.length; k++) {
    const [x1, y1] = polygon[k]!;
    const [x2, y2] = polygon[(k + 1) % polygon.length]!;
    twice += x1 * y2 - x2 * y1;
  }
  return twice / 2;
}

/** Whether all turns of a closed polygon go the same way. */
export function isConvex(polygon: readonly Point[]): boolean {
  let sign = 0;
  const n = polygon.length;
  for (let k = 0; k < n; k++) {
    const [ax, ay] = polygon[k]!;
    const [bx, by] = polygon[(k + 1) % n]!;
    const [cx, cy] = polygon[(k + 2) % n]!;
    const turn = Math.sign((bx - ax) * (cy - by) - (by - ay) * (cx - bx));
    if (turn === 0) continue;
    if (sign !== 0 && turn !== sign) return false;
    sign = turn;
  }
  return n >= 3 && sign !== 0;
}

/** Even-odd test: is the point inside the closed polygon? */
export function insidePolygon(polygon: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (let k = 0, j = polygon.length - 1; k < polygon.length; j = k++) {
    const [xk, yk] = polygon[k]!;
    const [xj, yj] = polygon[j]!;
    if (yk > y !== yj > y && x < ((xj - xk) * (y - yk)) / (yj - yk) + xk) inside = !inside;
  }
  return inside;
}

/**
 * The part of `subject` inside the convex polygon `clip`, both clockwise on screen.
 * Source: Sutherland and Hodgman, Reentrant Polygon Clipping, CACM 17(1), 1974.
 */
export function clipPolygon(subject: readonly Point[], clip: readonly Point[]): Point[] {
  let output: Point[] = [...subject];
  for (let k = 0; k < clip.length && output.length > 0; k++) {
    const [ax, ay] = clip[k]!;
    const [bx, by] = clip[(k + 1) % clip.length]!;
    const side = ([x, y]: Point) => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const input = output;
    output = [];
    for (let m = 0; m < input.length; m++) {
      const current = input[m]!;
      const next = input[(m + 1) % input.length]!;
      const here = side(current);
      const there = side(next);
      if (here >= 0) output.push(current);
      if (here >= 0 !== there >= 0) {
        const t = here / (here - there);
        output.push([current[0] + t * (next[0] - current[0]), current[1] + t * (next[1] - current[1])]);
      }
    }
  }
  return output;
}
