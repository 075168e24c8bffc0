import type { Point } from '../../geometry/index.js';

/** Corners at every 6° keep a chord within 0.14 % of the radius of its arc. */
const STEP = Math.PI / 30;

/**
 * Points along an arc around `center`, without `from`, with `to` as the last one. An arc that ends where it begins is a
 * whole circle. Axes with y up.
 */
export function arcPoints(from: Point, to: Point, center: Point, clockwise: boolean): Point[] {
  const radius = Math.hypot(from[0] - center[0], from[1] - center[1]);
  const start = Math.atan2(from[1] - center[1], from[0] - center[0]);
  const end = Math.atan2(to[1] - center[1], to[0] - center[0]);
  const way = clockwise ? -1 : 1;
  let sweep = ((end - start) * way) % (2 * Math.PI);
  // What rounding leaves of nothing, or of a whole turn, is a whole turn.
  if (sweep < 1e-9) sweep += 2 * Math.PI;
  const steps = Math.ceil(sweep / STEP - 1e-9);
  const points: Point[] = [];
  for (let k = 1; k < steps; k++) {
    const angle = start + (way * sweep * k) / steps;
    points.push([center[0] + radius * Math.cos(angle), center[1] + radius * Math.sin(angle)]);
  }
  points.push(to);
  return points;
}
