import { type Point, signedArea } from '../../geometry/index.js';

/**
 * Joins segments end to end into loops and gives the one with the largest area: cut-outs of a board are loops too.
 * Ends join where their coordinates are the same. Time grows with the number of segments.
 * @param ends two points a segment, one after another; an odd last one is left out
 * @returns corners, the first one not repeated; empty when there is no segment
 */
export function largestLoop(ends: readonly Point[]): Point[] {
  const segments = ends.length >> 1;
  const at = new Map<string, number[]>();
  for (let k = 0; k < 2 * segments; k++) {
    const list = at.get(key(ends[k]!));
    if (list) list.push(k);
    else at.set(key(ends[k]!), [k]);
  }
  const used = new Uint8Array(segments);
  /** An end of an unused segment at a place; every end is taken off its list once. */
  const take = (place: Point): number | undefined => {
    const waiting = at.get(key(place))!;
    for (let k = waiting.pop(); k !== undefined; k = waiting.pop()) if (!used[k >> 1]) return k;
    return undefined;
  };
  let best: Point[] = [];
  let bestArea = -1;
  for (let first = 0; first < segments; first++) {
    if (used[first]) continue;
    const loop: Point[] = [];
    let last: Point = ends[2 * first]!;
    for (let end: number | undefined = 2 * first; end !== undefined; end = take(last)) {
      used[end >> 1] = 1;
      loop.push(ends[end]!);
      last = ends[end ^ 1]!;
    }
    if (key(last) !== key(loop[0]!)) loop.push(last);
    const area = Math.abs(signedArea(loop));
    if (area > bestArea) {
      best = loop;
      bestArea = area;
    }
  }
  return best;
}

function key([x, y]: Point): string {
  return `${x} ${y}`;
}
