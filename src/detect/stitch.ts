import { type Candidates, CUT } from './candidates.js';
import { spanIoU } from './overlap.js';

/** Two pieces must agree this well along the seam between them to be pieces of one part. */
const ALONG_SEAM = 0.5;

/**
 * Joins pieces of parts that no tile sees whole: where one is cut on the right and the next on the left (or below and
 * above), they overlap, and they agree along the seam, they become the box around both. The part's score and class
 * are those of its best piece.
 * @param pieces indices of cut boxes in `candidates`
 * @returns `joined`: indices of the joined boxes, which are added to `candidates`; `single`: pieces without a partner
 */
export function stitch(
  candidates: Candidates,
  pieces: readonly number[],
): { joined: number[]; single: number[] } {
  const group = pieces.map((_, k) => k);
  const root = (k: number): number => {
    let at = k;
    while (group[at] !== at) at = group[at] = group[group[at]!]!;
    return at;
  };
  for (let i = 0; i < pieces.length; i++) {
    for (let j = 0; j < pieces.length; j++) {
      if (i !== j && continues(candidates, pieces[i]!, pieces[j]!)) group[root(i)] = root(j);
    }
  }
  const members = new Map<number, number[]>();
  for (const [k, piece] of pieces.entries()) {
    const list = members.get(root(k));
    if (list) list.push(piece);
    else members.set(root(k), [piece]);
  }
  const groups = [...members.values()];
  return {
    joined: groups.filter((list) => list.length > 1).map((list) => join(candidates, list)),
    single: groups.filter((list) => list.length === 1).map((list) => list[0]!),
  };
}

/** Whether the part of piece a goes on in piece b, to the right or below. */
function continues({ corners: c, cuts }: Candidates, a: number, b: number): boolean {
  const across = cuts[a]! & CUT.right && cuts[b]! & CUT.left;
  if (across && reaches(c, a, b, 0) && spanIoU(c, a, b, 1) >= ALONG_SEAM) return true;
  const down = cuts[a]! & CUT.bottom && cuts[b]! & CUT.top;
  return Boolean(down) && reaches(c, a, b, 1) && spanIoU(c, a, b, 0) >= ALONG_SEAM;
}

/**
 * Whether b overlaps a and lies further along the axis. By their centres: the near edges of two pieces that both start
 * at a tile's edge are the same but for the model's jitter.
 */
function reaches(c: Float32Array, a: number, b: number, axis: 0 | 1): boolean {
  return (
    c[4 * b + axis]! < c[4 * a + 2 + axis]! &&
    c[4 * a + axis]! < c[4 * b + 2 + axis]! &&
    c[4 * a + axis]! + c[4 * a + 2 + axis]! < c[4 * b + axis]! + c[4 * b + 2 + axis]!
  );
}

function join(candidates: Candidates, list: readonly number[]): number {
  const { corners, scores } = candidates;
  let best = list[0]!;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const k of list) {
    left = Math.min(left, corners[4 * k]!);
    top = Math.min(top, corners[4 * k + 1]!);
    right = Math.max(right, corners[4 * k + 2]!);
    bottom = Math.max(bottom, corners[4 * k + 3]!);
    if (scores[k]! > scores[best]!) best = k;
  }
  candidates.add(
    left,
    top,
    right,
    bottom,
    scores[best]!,
    candidates.classes[best]!,
    candidates.classScores[best]!,
  );
  return candidates.count - 1;
}
