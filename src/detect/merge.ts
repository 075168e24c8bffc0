import type { Candidates, Detections } from './detections.js';

/** Above this share of the smaller box, two boxes of one size class may be pieces of one part. */
const FRAGMENT_SHARE = 0.8;
/** A piece is at least this share of the whole: a small part on a large one is not a piece of it. */
const FRAGMENT_SIZE = 0.3;

/**
 * One box a part: from the best score down, boxes that overlap a kept one by more than `nmsIou` go (greedy
 * non-maximum suppression), and so do pieces that lie nearly whole inside a kept one of like size, which are what a
 * tile's edge leaves of a part. Classes do not matter: a place holds one part.
 * @param names of the classes
 * @param most how many detections to keep
 */
export function merge(
  candidates: Candidates,
  nmsIou: number,
  names: readonly string[],
  most: number,
): Detections {
  const { corners, scores } = candidates;
  const order = Array.from({ length: candidates.count }, (_, k) => k).sort((a, b) => scores[b]! - scores[a]!);
  const kept: number[] = [];
  const grid = new BucketGrid();
  for (const k of order) {
    if (kept.length >= most) break;
    const rivals = grid.around(corners, k);
    if (rivals.some((other) => isDouble(corners, other, k, nmsIou))) continue;
    kept.push(k);
    grid.add(corners, k);
  }
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
    result.scores[at] = scores[k]!;
    result.classes[at] = candidates.classes[k]!;
    result.classScores[at] = candidates.classScores[k]!;
  }
  return result;
}

function isDouble(c: Float32Array, a: number, b: number, nmsIou: number): boolean {
  const width = Math.min(c[4 * a + 2]!, c[4 * b + 2]!) - Math.max(c[4 * a]!, c[4 * b]!);
  const height = Math.min(c[4 * a + 3]!, c[4 * b + 3]!) - Math.max(c[4 * a + 1]!, c[4 * b + 1]!);
  if (width <= 0 || height <= 0) return false;
  const shared = width * height;
  const areaA = (c[4 * a + 2]! - c[4 * a]!) * (c[4 * a + 3]! - c[4 * a + 1]!);
  const areaB = (c[4 * b + 2]! - c[4 * b]!) * (c[4 * b + 3]! - c[4 * b + 1]!);
  if (shared > nmsIou * (areaA + areaB - shared)) return true;
  const smaller = Math.min(areaA, areaB);
  return shared > FRAGMENT_SHARE * smaller && smaller > FRAGMENT_SIZE * Math.max(areaA, areaB);
}

/** Kept boxes by coarse cell, so that each is compared with its neighbours only. */
class BucketGrid {
  private static readonly CELL = 128;
  private readonly buckets = new Map<number, number[]>();

  add(corners: Float32Array, k: number): void {
    this.visit(corners, k, (key) => {
      const bucket = this.buckets.get(key);
      if (bucket) bucket.push(k);
      else this.buckets.set(key, [k]);
    });
  }

  around(corners: Float32Array, k: number): number[] {
    const found = new Set<number>();
    this.visit(corners, k, (key) => {
      for (const other of this.buckets.get(key) ?? []) found.add(other);
    });
    return [...found];
  }

  private visit(corners: Float32Array, k: number, see: (key: number) => void): void {
    const size = BucketGrid.CELL;
    for (let row = Math.floor(corners[4 * k + 1]! / size); row <= Math.floor(corners[4 * k + 3]! / size); row++) {
      for (let column = Math.floor(corners[4 * k]! / size); column <= Math.floor(corners[4 * k + 2]! / size); column++) {
        see(row * 65536 + column);
      }
    }
  }
}
