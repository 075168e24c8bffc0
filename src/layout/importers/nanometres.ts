import type { Point } from '../../geometry/index.js';

/** Millimetres to the nanometre, KiCad's own unit; + 0 makes a plain zero of a negative one. */
export function nanometres(mm: number): number {
  return Math.round(mm * 1e6) / 1e6 + 0;
}

/**
 * Where a place on a part lies on the board once the part is turned, to the nanometre.
 * @param origin of the part on the board, y down
 * @param offset from there before the turn
 * @param radians counter-clockwise as seen
 */
export function turnedAround([x, y]: Point, [dx, dy]: Point, radians: number): Point {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return [nanometres(x + dx * cos + dy * sin), nanometres(y - dx * sin + dy * cos)];
}
