import { type Box, boxCenter, boxIoU, growBox } from '../geometry/index.js';

/** A call of a detector: a box in photo pixels and how sure it is (any scale, higher is surer). */
export interface ScoredBox {
  box: Box;
  score: number;
}

/** One photo's truth and findings. A clean photo has no truth, and every finding on it is a false call. */
export interface FrocPhoto {
  truths: readonly Box[];
  findings: readonly ScoredBox[];
  /** Where a finding is neither found nor false, as the place that a shifted part has left. Default none. */
  ignored?: readonly Box[];
}

/** Where a finding has to fall to count, and the sizes to report apart. */
export interface FrocRecord {
  /** One entry a truth: the score of the finding that hit it, `null` for a miss. */
  hits: { score: number | null; longSidePx: number; centerErrorPx: number | null }[];
  /** Scores of findings that hit nothing, in edited photos. */
  strays: number[];
}

/** A truth grows by this much on every side before a centre is tested: max(4 px, 30 % of its longer side). */
function hitMargin(truth: Box): number {
  return Math.max(4, 0.3 * Math.max(truth.width, truth.height));
}

/** Whether a finding names a truth: its centre lies in the grown truth, or the two overlap by IoU ≥ 0.2. */
export function isHit(finding: Box, truth: Box): boolean {
  const grown = growBox(truth, hitMargin(truth));
  const [x, y] = boxCenter(finding);
  const inside = x >= grown.x && x <= grown.x + grown.width && y >= grown.y && y <= grown.y + grown.height;
  return inside || boxIoU(finding, truth) >= 0.2;
}

function centerDistance(a: Box, b: Box): number {
  const [ax, ay] = boxCenter(a);
  const [bx, by] = boxCenter(b);
  return Math.hypot(ax - bx, ay - by);
}

/**
 * Gives every truth at most one finding and every finding at most one truth, strongest finding first,
 * each to the nearest truth it hits that is still free. A second finding on a taken truth is a stray; one that hits only
 * an ignored box is neither.
 */
export function matchFindings(photo: FrocPhoto): FrocRecord {
  const hits: FrocRecord['hits'] = photo.truths.map((truth) => ({
    score: null,
    longSidePx: Math.max(truth.width, truth.height),
    centerErrorPx: null,
  }));
  const strays: number[] = [];
  for (const { box, score } of [...photo.findings].sort((a, b) => b.score - a.score)) {
    let best = -1;
    let bestDistance = Infinity;
    photo.truths.forEach((truth, k) => {
      if (hits[k]!.score !== null || !isHit(box, truth)) return;
      const distance = centerDistance(box, truth);
      if (distance < bestDistance) {
        best = k;
        bestDistance = distance;
      }
    });
    if (best < 0) {
      if (!photo.ignored?.some((place) => isHit(box, place))) strays.push(score);
    } else {
      hits[best]!.score = score;
      hits[best]!.centerErrorPx = bestDistance;
    }
  }
  return { hits, strays };
}

/** One operating point: how many parts are found at how many false calls a photo. */
export interface FrocPoint {
  threshold: number;
  falseCallsPerPhoto: number;
  found: number;
}

/**
 * Free-response operating characteristic: found share on the truths against false calls a photo.
 * Source: Bunch et al., A free-response approach to the measurement and characterization of radiographic-observer
 * performance, J. Appl. Photogr. Eng. 4(4), 1978.
 * @param truthScores one entry a truth, `null` for a truth no finding hit
 * @param falseScores scores of all findings on clean photos and of the strays in edited ones
 * @param photos number of photos that they come from, at least 1
 * @returns points from the strictest threshold to the loosest
 */
export function froc(
  truthScores: readonly (number | null)[],
  falseScores: readonly number[],
  photos: number,
): FrocPoint[] {
  if (!(photos >= 1)) throw new RangeError(`froc: expected at least 1 photo, got ${photos}`);
  const hit = truthScores.filter((score) => score !== null).sort((a, b) => b - a);
  const wrong = [...falseScores].sort((a, b) => b - a);
  const thresholds = [...new Set([...hit, ...wrong])].sort((a, b) => b - a);
  const points: FrocPoint[] = [{ threshold: Infinity, falseCallsPerPhoto: 0, found: 0 }];
  let h = 0;
  let w = 0;
  for (const threshold of thresholds) {
    while (h < hit.length && hit[h]! >= threshold) h++;
    while (w < wrong.length && wrong[w]! >= threshold) w++;
    points.push({
      threshold,
      falseCallsPerPhoto: w / photos,
      found: truthScores.length ? h / truthScores.length : 0,
    });
  }
  return points;
}

/** The loosest operating point with at most `falseCalls` false calls a photo. */
export function pointAt(points: readonly FrocPoint[], falseCalls: number): FrocPoint {
  let best = points[0]!;
  for (const point of points) {
    if (point.falseCallsPerPhoto <= falseCalls + 1e-9) best = point;
  }
  return best;
}

/** Found share of the truths whose score reaches a threshold; `null` where there are no truths. */
export function foundShare(truthScores: readonly (number | null)[], threshold: number): number | null {
  if (truthScores.length === 0) return null;
  return truthScores.filter((score) => score !== null && score >= threshold).length / truthScores.length;
}

/** Sizes reported apart, by the truth's longer side in photo pixels: below 16, 16 to 30, above 30. */
export const SIZE_BINS = [
  { name: '<16 px', from: 0, to: 16 },
  { name: '16–30 px', from: 16, to: 30.000001 },
  { name: '>30 px', from: 30.000001, to: Infinity },
] as const;

/** The middle of a list of numbers (mean of the two middle ones); `null` for an empty list. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
