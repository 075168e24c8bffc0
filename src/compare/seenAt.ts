import { type Box, boxArea, boxIoU, growBox, intersectionArea } from '../geometry/index.js';
import type { SeenPart } from './part.js';

/** The best part at a place: about as large, and most of both shared. */
export function seenAt(parts: readonly SeenPart[], box: Box): SeenPart | null {
  let best: SeenPart | null = null;
  let most = 0.25;
  const grown = growBox(box, 2);
  for (const part of parts) {
    const iou = boxIoU(part.box, grown);
    const fit =
      Math.max(iou, overlapOfSmaller(part.box, grown) > 0.7 && similar(part.box, box) ? 0.3 : 0) *
      (0.5 + part.score);
    if (fit > most) {
      most = fit;
      best = part;
    }
  }
  return best;
}

/** Areas within a factor of six. */
function similar(a: Box, b: Box): boolean {
  const ratio = boxArea(a) / boxArea(b);
  return ratio > 1 / 6 && ratio < 6;
}

/** Shared area as a share of the smaller box. */
export function overlapOfSmaller(a: Box, b: Box): number {
  const smaller = Math.min(boxArea(a), boxArea(b));
  return smaller === 0 ? 0 : intersectionArea(a, b) / smaller;
}
