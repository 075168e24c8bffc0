import { compose, type Homography, invert, type Point, solveLinear } from '../geometry/index.js';

/** Kinds of mappings that point pairs can determine, and how many pairs each needs. */
const PAIRS_NEEDED = { similarity: 2, affine: 3, homography: 4 } as const;
export type MappingKind = keyof typeof PAIRS_NEEDED;

/** A pivot of this share of the largest one, or less, says that the points do not determine the mapping. */
const SINGULAR = 1e-9;

/**
 * The mapping of a kind that takes points nearest to where they should go, in the sense of least squares (a homography:
 * of algebraic error in normalised coordinates, Hartley and Zisserman, algorithm 4.2).
 * @param from n points
 * @param to n points, where each goes
 * @returns null when there are too few points or they do not determine it: all on one line, or on one place
 */
export function leastSquares(
  kind: MappingKind,
  from: readonly Point[],
  to: readonly Point[],
): Homography | null {
  if (from.length < PAIRS_NEEDED[kind] || from.length !== to.length) return null;
  const [a, b] = [normaliser(from), normaliser(to)];
  if (!a || !b) return null;
  const size = kind === 'similarity' ? 4 : kind === 'affine' ? 6 : 8;
  /** Normal equations: size × (size + 1). */
  const system = Array.from({ length: size }, () => new Float64Array(size + 1));
  const add = (row: readonly number[], target: number) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) system[i]![j]! += row[i]! * row[j]!;
      system[i]![size]! += row[i]! * target;
    }
  };
  for (let k = 0; k < from.length; k++) {
    const [x, y] = [a[0] * from[k]![0] + a[2], a[4] * from[k]![1] + a[5]];
    const [u, v] = [b[0] * to[k]![0] + b[2], b[4] * to[k]![1] + b[5]];
    if (kind === 'similarity') {
      add([x, -y, 1, 0], u);
      add([y, x, 0, 1], v);
    } else {
      const more = kind === 'homography';
      add([x, y, 1, 0, 0, 0, ...(more ? [-u * x, -u * y] : [])], u);
      add([0, 0, 0, x, y, 1, ...(more ? [-v * x, -v * y] : [])], v);
    }
  }
  const largest = Math.max(...system.map((row, k) => Math.abs(row[k]!)));
  const s = solveLinear(system, SINGULAR * largest);
  if (!s) return null;
  const inner: Homography =
    kind === 'similarity'
      ? [s[0]!, -s[1]!, s[2]!, s[1]!, s[0]!, s[3]!, 0, 0, 1]
      : [s[0]!, s[1]!, s[2]!, s[3]!, s[4]!, s[5]!, s[6] ?? 0, s[7] ?? 0, 1];
  const mapping = compose(compose(invert(b), inner), a);
  return mapping.every(Number.isFinite) ? mapping : null;
}

/** Moves points around the origin, at a mean distance of √2; null when they are all in one place. */
function normaliser(points: readonly Point[]): Homography | null {
  let [x, y] = [0, 0];
  for (const point of points) {
    x += point[0] / points.length;
    y += point[1] / points.length;
  }
  let distance = 0;
  for (const point of points) distance += Math.hypot(point[0] - x, point[1] - y) / points.length;
  if (!(distance > 0) || !Number.isFinite(distance)) return null;
  const scale = Math.SQRT2 / distance;
  return [scale, 0, -scale * x, 0, scale, -scale * y, 0, 0, 1];
}
