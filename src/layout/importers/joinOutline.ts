import type { Point } from '../../geometry/index.js';
import { largestLoop } from './largestLoop.js';

/** Ends this near each other, in millimetres, are one corner: rounding, then sloppy drawing, then gaps. */
const TOLERANCES = [0.001, 0.02, 0.2, 1];

/** Points drawn in all; boards have hundreds. */
export const MAX_EDGE_POINTS = 100_000;

/** An outline and whether its drawn lines met. */
export interface JoinedOutline {
  /** Corners, the first one not repeated; empty where nothing was drawn. */
  polygon: Point[];
  closed: boolean;
}

/**
 * The outline of a board from lines drawn in any order and direction: joined into loops, the largest one taken.
 * @param lines points that follow each other, in millimetres
 */
export function joinOutline(lines: readonly (readonly Point[])[]): JoinedOutline {
  let polygon: Point[] = [];
  for (const tolerance of TOLERANCES) {
    const snap = snapping(tolerance);
    const ends: Point[] = [];
    /** Corners where an odd number of lines end. */
    const odd = new Set<Point>();
    for (const line of lines) {
      for (let k = 1; k < line.length; k++) {
        const [from, to] = [snap(line[k - 1]!), snap(line[k]!)];
        if (from === to) continue;
        ends.push(from, to);
        for (const end of [from, to]) if (!odd.delete(end)) odd.add(end);
      }
    }
    polygon = largestLoop(ends);
    // Stray lines may end anywhere; only the outline itself has to meet.
    if (!polygon.some((corner) => odd.has(corner))) return { polygon, closed: true };
  }
  return { polygon, closed: false };
}

/** Gives places within `tolerance` of an earlier one that one: the same object. */
function snapping(tolerance: number): (place: Point) => Point {
  const cells = new Map<string, Point>();
  return (place) => {
    const [column, row] = [Math.floor(place[0] / tolerance), Math.floor(place[1] / tolerance)];
    for (let x = column - 1; x <= column + 1; x++) {
      for (let y = row - 1; y <= row + 1; y++) {
        const known = cells.get(`${x} ${y}`);
        if (known && Math.hypot(known[0] - place[0], known[1] - place[1]) <= tolerance) return known;
      }
    }
    cells.set(`${column} ${row}`, place);
    return place;
  };
}
