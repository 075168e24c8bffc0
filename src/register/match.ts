import type { Homography } from '../geometry/index.js';
import type { Features } from './features.js';
import { type Nearest, nearestTwo, packDescriptors } from './nearestTwo.js';
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

/**
 * Pairs each feature with its nearest by Hamming distance where that is clearly nearer than the second.
 * @param start first feature of the photo that is looked at
 * @param step 3 looks at every third feature from there
 */
export function matchFeatures(photo: Features, reference: Features, start = 0, step = 1): PointPairs {
  const from: number[] = [];
  const to: number[] = [];
  const query = packDescriptors(photo.descriptors, photo.bytesPerFeature);
  const among = packDescriptors(reference.descriptors, reference.bytesPerFeature);
  if (query.count < 4 || among.count < 4) return { from: new Float32Array(0), to: new Float32Array(0) };
  const nearest: Nearest = { index: -1, distance: 0, second: 0 };
  for (let k = start; k < query.count; k += step) {
    nearestTwo(query, k, among, nearest);
    if (nearest.distance < RATIO * nearest.second) {
      from.push(photo.points[2 * k]!, photo.points[2 * k + 1]!);
      to.push(reference.points[2 * nearest.index]!, reference.points[2 * nearest.index + 1]!);
    }
  }
  return { from: Float32Array.from(from), to: Float32Array.from(to) };
}

/** All pairs of several lists in one. */
export function joinPairs(lists: readonly PointPairs[]): PointPairs {
  const joined = (side: keyof PointPairs) => Float32Array.from(lists.flatMap((list) => [...list[side]]));
  return { from: joined('from'), to: joined('to') };
}

/** The same pairs, starting from another one: a share of the way through, 0 to 1. */
export function turnPairs({ from, to }: PointPairs, share: number): PointPairs {
  const start = 2 * Math.floor((share * from.length) / 2);
  const turned = (points: Float32Array) => {
    const result = new Float32Array(points.length);
    result.set(points.subarray(start));
    result.set(points.subarray(0, start), points.length - start);
    return result;
  };
  return { from: turned(from), to: turned(to) };
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

/**
 * Robust affine mapping by RANSAC, as a homography: steadier than one where few pairs are right.
 * @param thresholdPx largest distance of an inlier, in pixels of the target
 * @returns null when the pairs determine none
 */
export function fitAffine(cv: OpenCv, pairs: PointPairs, thresholdPx: number): Fit | null {
  const count = pairs.from.length / 2;
  if (count < 4) return null;
  return scoped(cv, (keep) => {
    const from = keep(pointsMat(cv, pairs.from));
    const to = keep(pointsMat(cv, pairs.to));
    const mask = keep(new cv.Mat());
    const result = keep(cv.estimateAffine2D(from, to, mask, cv.RANSAC, thresholdPx, 2000, 0.99, 10));
    if (result.rows !== 2) return null;
    const homography = [...(result.data64F as Float64Array), 0, 0, 1] as unknown as Homography;
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
