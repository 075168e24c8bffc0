import { areaScaleAt, type Homography, invert, mapPoint } from './geometry/index.js';
import type { Reference } from './learn.js';

/** A sharp part must cover this many pixels of the coarser picture to be told from the board. */
const SMALLEST_PX = 12;
/** Sharpness at which a photo counts as sharp, and at which nothing is left of small parts. */
const SHARP = 0.6;
const HOPELESS = 0.15;

/**
 * An estimate of the smallest part, longer side in reference pixels, that this photo and this reference would show:
 * the coarser of the two decides, and blur enlarges it. `boardiff selftest` will measure it.
 */
export function smallestVisiblePart(homography: Homography, reference: Reference, sharpness: number): number {
  const middle = mapPoint(invert(homography), [reference.width / 2, reference.height / 2]);
  const referencePerPhoto = Math.sqrt(Math.abs(areaScaleAt(homography, middle)));
  const dullest = Math.min(sharpness, reference.goldenSharpness);
  const blur = Math.min(1, Math.max(0.1, (dullest - HOPELESS) / (SHARP - HOPELESS)));
  return Math.round((SMALLEST_PX * Math.max(1, referencePerPhoto)) / blur);
}
