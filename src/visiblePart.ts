import type { Homography } from './geometry/index.js';
import type { Reference } from './learn.js';
import { scaleAtMiddle } from './scaleAtMiddle.js';

/** What the estimate rests on. */
export interface VisibleConstants {
  /** Smallest part that shows in sharp pictures, pixels of the coarser picture. */
  smallestPx: number;
  /** Shared detail (see compare/detail.ts) from which a photo counts as sharp, and at which nothing is left of small parts. */
  sharp: number;
  hopeless: number;
}

/**
 * Fitted with bench/visible.mjs (--plants 16 --blurs 0,1,2 --shots) to 410 parts of 8 to 48 px planted into sample photos,
 * as they are and blurred, and into real repeated shots among the training photos (27 runs, shared detail 0.33 to 0.86),
 * with boardiff-change 0.3.0 at its default. Of the parts from the estimate on 118 of 131 were found, of smaller ones
 * 148 of 279. Fit again with every new change model.
 */
export const VISIBLE: VisibleConstants = { smallestPx: 22, sharp: 0.4, hopeless: 0.3 };

/**
 * An estimate of the smallest part, longer side in reference pixels, that this photo and this reference would show:
 * the coarser of the two decides, and detail that they do not share enlarges it. `boardiff selftest` measures it.
 */
export function smallestVisiblePart(
  homography: Homography,
  reference: Reference,
  sharedDetail: number,
): number {
  return Math.round(estimateVisible(scaleAtMiddle(homography, reference), sharedDetail, VISIBLE));
}

/**
 * The estimate itself.
 * @param referencePerPhoto reference pixels a photo pixel, along one side
 * @param sharedDetail correlation of fine detail, 0 to 1
 */
export function estimateVisible(
  referencePerPhoto: number,
  sharedDetail: number,
  { smallestPx, sharp, hopeless }: VisibleConstants,
): number {
  const detail = Math.min(1, Math.max(0.1, (sharedDetail - hopeless) / (sharp - hopeless)));
  return (smallestPx * Math.max(1, referencePerPhoto)) / detail;
}
