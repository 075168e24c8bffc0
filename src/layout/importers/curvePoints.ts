import type { Point } from '../../geometry/index.js';

/** Straight pieces of a curve. */
const STEPS = 24;

/** Points along a cubic Bézier curve, from its first point to its last. */
export function curvePoints(a: Point, b: Point, c: Point, d: Point): Point[] {
  return Array.from({ length: STEPS + 1 }, (_, k) => {
    const t = k / STEPS;
    const u = 1 - t;
    const mix = (axis: 0 | 1) =>
      u * u * u * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t * t * t * d[axis];
    return [mix(0), mix(1)];
  });
}
