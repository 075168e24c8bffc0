import type { Point } from '../../geometry/index.js';

/** A place in thousandths of an inch, y up, in millimetres, y down, to the nanometre. */
export function milsToMm([x, y]: Point): Point {
  return [nanometres(x), nanometres(0 - y)];
}

function nanometres(mils: number): number {
  // + 0 makes a plain zero of a negative one.
  return Math.round(mils * 25_400) / 1e6 + 0;
}
