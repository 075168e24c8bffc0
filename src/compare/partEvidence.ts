import { type Box, boxIoU } from '../geometry/index.js';
import type { ChangeRegion } from './changeRegions.js';
import type { SeenPart } from './part.js';

/** A part and a difference are of one thing from this overlap (intersection over union) on. */
const SAME = 0.2;
/** Part score that says neither that there is a part nor that there is none. */
const UNDECIDED = 0.5;

/**
 * A second witness for every difference: where the detector sees a part in either picture something can have come, gone
 * or been replaced; where it sees none in both, a difference is more likely light on bare board.
 * @param regions differences by the change map
 * @param parts seen in the photo or in the golden photo, down to the detector's weak threshold
 * @param weight logits between no part at all and a certain one, from the change model's contract
 * @returns the same differences, raised or lowered by up to half of the weight, strongest first
 */
export function weighByParts(
  regions: readonly ChangeRegion[],
  parts: readonly SeenPart[],
  weight: number,
): ChangeRegion[] {
  return regions
    .map(({ box, added, removed, peak }) => {
      const raise = weight * (surestAt(parts, box) - UNDECIDED);
      return { box, added: added + raise, removed: removed + raise, peak: peak + raise };
    })
    .sort((a, b) => b.peak - a.peak);
}

/** The highest part score at a place, 0 where there is none. */
function surestAt(parts: readonly SeenPart[], place: Box): number {
  let surest = 0;
  for (const { box, score } of parts) {
    if (score > surest && boxIoU(box, place) > SAME) surest = score;
  }
  return surest;
}
