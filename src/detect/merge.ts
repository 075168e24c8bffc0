import type { Candidates } from './candidates.js';
import type { Detections } from './detections.js';
import { areaOf, sharedArea } from './overlap.js';
import { stitch } from './stitch.js';
import { gridOf, suppress } from './suppress.js';

/**
 * The best so many boxes of a photo are looked at, doubles included: more than twice as many as are kept, and pieces of
 * parts are compared each with each.
 */
const MAX_CANDIDATES = 50_000;
/** Above this share of it, the smaller of two boxes lies in the larger one. */
const INSIDE = 0.8;
/** Where the smaller has at least this share of the larger one's area, they may be a part and a piece of it … */
const PIECE_SIZE = 0.3;
/**
 * … and the weaker goes while its score is at most this share of the stronger one's: equally sure boxes are two parts.
 * Bodies boxed inside their own parts had 0.81 to 0.86 of the score on the sample photos.
 */
const PIECE_SCORE = 0.9;
/** A whole box explains the pieces inside it that tile edges cut off if its score is at least this share of theirs. */
const WHOLE_SCORE = 0.5;

/**
 * One box a part, over all tiles and scales. Classes do not matter: a place holds one part.
 * 1. Boxes that a tile shows whole: from the best score down, those that are doubles of a kept one go.
 * 2. Boxes that a tile's edge cuts off: those that lie in a whole one are pieces of it and go, whatever their size;
 *    the rest, pieces of parts that no tile sees whole, are stitched together, and what lies in the outcome goes.
 * 3. Both together, as in 1.
 * @param candidates in pixels of the photo; joined boxes are added to it
 * @param nmsIou boxes that overlap more are doubles
 * @param names of the classes
 * @param most how many detections to keep
 */
export function merge(
  candidates: Candidates,
  nmsIou: number,
  names: readonly string[],
  most: number,
): Detections {
  const piece = (kept: number, k: number) => isPiece(candidates, kept, k);
  const order = candidates.byScore().slice(0, MAX_CANDIDATES);
  const cut = order.filter((k) => candidates.cuts[k] !== 0);
  const uncut = order.filter((k) => candidates.cuts[k] === 0);
  const whole = suppress(candidates, uncut, nmsIou, piece);
  if (cut.length === 0) return pack(candidates, whole.slice(0, most), names);

  const { joined, single } = stitch(candidates, unexplained(candidates, cut, whole));
  const parts = [...whole, ...joined, ...unexplained(candidates, single, joined)];
  const { scores } = candidates;
  parts.sort((a, b) => scores[b]! - scores[a]!);
  return pack(candidates, suppress(candidates, parts, nmsIou, piece).slice(0, most), names);
}

/** Whether one of two boxes lies in the other and box k, the weaker one, goes for it. */
function isPiece({ corners, scores }: Candidates, kept: number, k: number): boolean {
  if (scores[k]! > PIECE_SCORE * scores[kept]!) return false;
  const areaKept = areaOf(corners, kept);
  const area = areaOf(corners, k);
  const smaller = Math.min(areaKept, area);
  return smaller > PIECE_SIZE * Math.max(areaKept, area) && sharedArea(corners, kept, k) > INSIDE * smaller;
}

/** Of cut boxes, those that are no piece of any of the given parts. */
function unexplained(candidates: Candidates, cut: readonly number[], parts: readonly number[]): number[] {
  const { corners, scores } = candidates;
  const grid = gridOf(candidates);
  for (const k of parts) grid.add(k);
  const explains = (part: number, k: number) =>
    scores[part]! >= WHOLE_SCORE * scores[k]! && sharedArea(corners, part, k) > INSIDE * areaOf(corners, k);
  return cut.filter((k) => !grid.some(k, explains));
}

function pack(candidates: Candidates, kept: readonly number[], names: readonly string[]): Detections {
  const { corners } = candidates;
  const result: Detections = {
    count: kept.length,
    boxes: new Float32Array(4 * kept.length),
    scores: new Float32Array(kept.length),
    classes: new Uint16Array(kept.length),
    classScores: new Float32Array(kept.length),
    names,
  };
  for (const [at, k] of kept.entries()) {
    const left = corners[4 * k]!;
    const top = corners[4 * k + 1]!;
    result.boxes.set([left, top, corners[4 * k + 2]! - left, corners[4 * k + 3]! - top], 4 * at);
    result.scores[at] = candidates.scores[k]!;
    result.classes[at] = candidates.classes[k]!;
    result.classScores[at] = candidates.classScores[k]!;
  }
  return result;
}
