import type { Homography } from '../geometry/index.js';
import type { Features } from './features.js';
import { type OpenCv, pointsMat, scoped } from './opencv.js';

/** A homography and how many points agree with it. */
export interface Fit {
  homography: Homography;
  inliers: number;
  /** Number of point pairs it was fitted to. */
  pairs: number;
  /** Root mean square distance of the inliers after mapping, in pixels of the target. */
  residualPx: number;
}

/** Lowe's ratio (IJCV 2004, section 7.1): 0.85 instead of 0.8, since board features repeat and MAGSAC sorts out. */
const RATIO = 0.85;

/** Point pairs `from` → `to`, x y x y…, of equal length. */
export interface PointPairs {
  from: Float32Array;
  to: Float32Array;
}

/** Pairs each feature with its nearest by Hamming distance where that is clearly nearer than the second. */
export function matchFeatures(cv: OpenCv, photo: Features, reference: Features): PointPairs {
  const fromCount = photo.points.length / 2;
  const toCount = reference.points.length / 2;
  if (fromCount < 4 || toCount < 4) return { from: new Float32Array(0), to: new Float32Array(0) };
  return scoped(cv, (keep) => {
    const query = keep(descriptorMat(cv, photo));
    const train = keep(descriptorMat(cv, reference));
    const matcher = keep(new cv.BFMatcher(cv.NORM_HAMMING, false));
    const matches = keep(new cv.DMatchVectorVector());
    matcher.knnMatch(query, train, matches, 2);
    const from: number[] = [];
    const to: number[] = [];
    for (let k = 0; k < matches.size(); k++) {
      const pair = matches.get(k);
      if (pair.size() === 2) {
        const best = pair.get(0);
        if (best.distance < RATIO * pair.get(1).distance) {
          from.push(photo.points[2 * best.queryIdx]!, photo.points[2 * best.queryIdx + 1]!);
          to.push(reference.points[2 * best.trainIdx]!, reference.points[2 * best.trainIdx + 1]!);
        }
      }
      pair.delete();
    }
    return { from: Float32Array.from(from), to: Float32Array.from(to) };
  });
}

function descriptorMat(cv: OpenCv, features: Features): OpenCv {
  const mat = new cv.Mat(features.points.length / 2, features.bytesPerFeature, cv.CV_8UC1);
  mat.data.set(features.descriptors);
  return mat;
}

/**
 * Robust homography by MAGSAC++ (Barath et al., CVPR 2020).
 * @param thresholdPx largest distance of an inlier, in pixels of the target
 * @returns null when the pairs determine none
 */
export function fitHomography(cv: OpenCv, pairs: PointPairs, thresholdPx: number): Fit | null {
  const count = pairs.from.length / 2;
  if (count < 6) return null;
  return scoped(cv, (keep) => {
    const from = keep(pointsMat(cv, pairs.from));
    const to = keep(pointsMat(cv, pairs.to));
    const mask = keep(new cv.Mat());
    const result = keep(cv.findHomography(from, to, cv.USAC_MAGSAC, thresholdPx, mask, 5000, 0.999));
    if (result.rows !== 3) return null;
    const homography = Array.from(result.data64F as Float64Array) as unknown as Homography;
    return { homography, pairs: count, ...measure(pairs, homography, mask.data) };
  });
}

function measure(
  pairs: PointPairs,
  h: Homography,
  mask: Uint8Array,
): { inliers: number; residualPx: number } {
  let inliers = 0;
  let squares = 0;
  for (let k = 0; k < mask.length; k++) {
    if (mask[k] === 0) continue;
    const x = pairs.from[2 * k]!;
    const y = pairs.from[2 * k + 1]!;
    const w = h[6] * x + h[7] * y + h[8];
    const dx = (h[0] * x + h[1] * y + h[2]) / w - pairs.to[2 * k]!;
    const dy = (h[3] * x + h[4] * y + h[5]) / w - pairs.to[2 * k + 1]!;
    squares += dx * dx + dy * dy;
    inliers++;
  }
  return { inliers, residualPx: inliers === 0 ? 0 : Math.sqrt(squares / inliers) };
}
