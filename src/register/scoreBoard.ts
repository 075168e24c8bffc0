import type { CompactFeatures } from './compactFeatures.js';
import { fitAffine, fitHomography, matchFeatures, type PointPairs } from './match.js';
import type { OpenCv } from './opencv.js';
import { implausible } from './plausible.js';

/** Distance within which pairs agree on a homography, as a share of the reference's longer side; parallax included. */
const TOLERANCE = 0.008;
/** An affine mapping leaves perspective out: its pairs may lie further off. */
const AFFINE_TOLERANCE = 0.0125;

/**
 * How many features of a reference a photo shows in a place that a camera could show them in. Photos of another board
 * reach 8 or so.
 */
export function scoreBoard(cv: OpenCv, photo: CompactFeatures, reference: CompactFeatures): number {
  const pairs = oneToOne(matchFeatures(photo.features, reference.features));
  const side = Math.max(reference.width, reference.height);
  let score = 0;
  // A homography fits best, but few right pairs among many wrong ones only suffice for the fewer numbers of the affine.
  for (const fit of [
    fitHomography(cv, pairs, TOLERANCE * side),
    fitAffine(cv, pairs, AFFINE_TOLERANCE * side),
  ]) {
    if (!fit || fit.inliers <= score || implausible(fit.homography, photo, reference.board)) continue;
    score = fit.inliers;
  }
  return score;
}

/** One pair for each feature of the reference: many photo features on one say nothing about where the board lies. */
function oneToOne({ from, to }: PointPairs): PointPairs {
  const last = new Map<string, number>();
  for (let k = 0; k < to.length; k += 2) last.set(`${to[k]} ${to[k + 1]}`, k);
  const kept = [...last.values()];
  const only = (points: Float32Array) => Float32Array.from(kept.flatMap((k) => [points[k]!, points[k + 1]!]));
  return { from: only(from), to: only(to) };
}
