import type { ChangeMap } from '../detect/index.js';
import { type Box, boxArea, intersectionArea } from '../geometry/index.js';
import { cellsIn } from './cellsIn.js';
import { type ChangeRegion, heightsOf, regionOf } from './changeRegions.js';
import { overlapOfSmaller } from './seenAt.js';

/** Share of a part that a region must hold for the part to be one of its pieces, and share of the region that a piece has at least. */
const HELD = 0.6;
const LEAST = 0.12;
/** Boxes that share more than this of the smaller one are of one part. */
const ONE_PART = 0.3;

/**
 * Cuts regions that hold several parts into one piece a part: neighbours that all changed are one ridge of the map, often
 * with one summit, and would be told as one.
 * @param map that the regions are of
 * @param parts where parts are in either picture, surest first, in pixels of the frame
 * @returns the same regions, or their pieces with summits and boxes of their own, strongest first
 */
export function cutByParts(
  map: ChangeMap,
  regions: readonly ChangeRegion[],
  parts: readonly Box[],
): ChangeRegion[] {
  const heights = heightsOf(map);
  return regions
    .flatMap((region) => {
      const held = partsIn(region.box, parts);
      return held.length < 2 ? [region] : cutApart(region, held, map, heights);
    })
    .sort((a, b) => b.peak - a.peak);
}

/** The parts that a region holds, one box each. */
function partsIn(region: Box, parts: readonly Box[]): Box[] {
  const held: Box[] = [];
  for (const part of parts) {
    const shared = intersectionArea(part, region);
    if (shared < HELD * boxArea(part) || shared < LEAST * boxArea(region)) continue;
    if (!held.some((other) => overlapOfSmaller(other, part) > ONE_PART)) held.push(part);
  }
  return held;
}

/** One piece a part, and what is left where the region's summit lies in no part. */
function cutApart(
  region: ChangeRegion,
  parts: readonly Box[],
  map: ChangeMap,
  heights: Float32Array,
): ChangeRegion[] {
  const { cell, columns } = map;
  // What stands higher is of another region that reaches into this one's box.
  const cells = cellsIn(region.box, map).filter((k) => heights[k]! <= region.peak);
  const owner = cells.map((k) => {
    const [x, y] = [((k % columns) + 0.5) * cell, (Math.floor(k / columns) + 0.5) * cell];
    return parts.findIndex(
      (box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height,
    );
  });
  const summit = cells.reduce((best, k, i) => (heights[k]! > heights[cells[best]!]! ? i : best), 0);
  const owners = [...parts.keys(), ...(owner[summit] === -1 ? [-1] : [])];
  return owners.flatMap((one) => {
    const own = cells.filter((_, i) => owner[i] === one);
    return own.length > 0 ? [regionOf(own, map)] : [];
  });
}
