import { type Box, boxArea, intersectionArea } from '../../geometry/index.js';

/** A place to be cut out in full resolution, and the findings that lie in it. */
export interface Region {
  place: Box;
  /** Indices of its findings, strongest first. */
  findings: number[];
}

/** Pixels a side beyond which places are not merged: a small picture of one finding would decode all of it. */
const LONGEST = 1200;
/** A merged place may be so much larger than its two parts together. */
const WASTE = 1.1;

/**
 * Merges places that overlap, as long as the box around both is hardly larger than they are: pixels that two findings
 * share are kept once, and few that none needs.
 * @param places of findings, strongest first; null where a finding has none
 */
export function mergePlaces(places: readonly (Box | null)[]): Region[] {
  const regions: Region[] = [];
  for (const [index, place] of places.entries()) {
    if (!place) continue;
    let added: Region = { place, findings: [index] };
    // A merged place may reach others: until nothing changes.
    for (let k = 0; k < regions.length; k++) {
      const both = merged(regions[k]!.place, added.place);
      if (!both) continue;
      added = {
        place: both,
        findings: [...regions[k]!.findings, ...added.findings].sort((a, b) => a - b),
      };
      regions.splice(k, 1);
      k = -1;
    }
    regions.push(added);
  }
  return regions.sort((a, b) => a.findings[0]! - b.findings[0]!);
}

function merged(a: Box, b: Box): Box | null {
  const shared = intersectionArea(a, b);
  if (shared === 0) return null;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
  const box = { x, y, width, height };
  if (Math.max(width, height) > LONGEST) return null;
  return boxArea(box) <= WASTE * (boxArea(a) + boxArea(b) - shared) ? box : null;
}
