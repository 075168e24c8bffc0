import { type Box, boundingBox, boxCorners, type Point } from './box.js';
import { solveLinear } from './solveLinear.js';

/**
 * A plane-to-plane mapping as a 3×3 matrix, row by row, scaled so that the last number is 1.
 * `[x', y', w'] = H · [x, y, 1]`, and the mapped point is `(x'/w', y'/w')`.
 * Source: Hartley and Zisserman, Multiple View Geometry, 2nd edition, section 2.3.
 */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** The mapping that moves nothing. */
export const identity: Homography = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Maps one point. Points on the horizon come back as infinities, which callers must expect. */
export function mapPoint(h: Homography, [x, y]: Point): Point {
  const w = h[6] * x + h[7] * y + h[8];
  return [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
}

/** The axis-aligned box around a mapped box: exact for its corners, larger than a tilted part. */
export function mapBox(h: Homography, box: Box): Box {
  return boundingBox(boxCorners(box).map((corner) => mapPoint(h, corner)));
}

/** `compose(a, b)` maps as `b` first and `a` after it. */
export function compose(a: Homography, b: Homography): Homography {
  const m = new Array<number>(9);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      m[row * 3 + column] =
        a[row * 3]! * b[column]! + a[row * 3 + 1]! * b[3 + column]! + a[row * 3 + 2]! * b[6 + column]!;
    }
  }
  return normalise(m);
}

/** The mapping back. Throws a RangeError when the matrix has none. */
export function invert(h: Homography): Homography {
  const [a, b, c, d, e, f, g, i, j] = h;
  const cofactors = [
    e * j - f * i,
    c * i - b * j,
    b * f - c * e,
    f * g - d * j,
    a * j - c * g,
    c * d - a * f,
    d * i - e * g,
    b * g - a * i,
    a * e - b * d,
  ];
  const determinant = a * cofactors[0]! + b * cofactors[3]! + c * cofactors[6]!;
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-14) {
    throw new RangeError(`invert: expected an invertible homography, got determinant ${determinant}`);
  }
  return normalise(cofactors.map((value) => value / determinant));
}

/** Scaling by `sx`, `sy` about the origin. */
export function scaling(sx: number, sy = sx): Homography {
  return [sx, 0, 0, 0, sy, 0, 0, 0, 1];
}

/** Shift by `dx`, `dy` pixels. */
export function translation(dx: number, dy: number): Homography {
  return [1, 0, dx, 0, 1, dy, 0, 0, 1];
}

/**
 * The Jacobian determinant at a point: how many square pixels of the target one square pixel becomes.
 * Negative where the mapping mirrors.
 */
export function areaScaleAt(h: Homography, [x, y]: Point): number {
  const w = h[6] * x + h[7] * y + h[8];
  const [a, b, c, d, e, f, g, i, j] = h;
  const determinant = a * (e * j - f * i) - b * (d * j - f * g) + c * (d * i - e * g);
  return determinant / (w * w * w);
}

/** A pivot of this size or less says that four points do not determine a mapping. */
const SINGULAR = 1e-12;

/**
 * The homography that maps four points onto four others.
 * @param from four points, no three of them on one line
 * @param to where they go
 * @throws RangeError when the points do not determine a mapping
 */
export function homographyFromPoints(from: readonly Point[], to: readonly Point[]): Homography {
  if (from.length !== 4 || to.length !== 4) {
    throw new RangeError(`homographyFromPoints: expected 4 + 4 points, got ${from.length} + ${to.length}`);
  }
  const rows: number[][] = [];
  for (let k = 0; k < 4; k++) {
    const [x, y] = from[k]!;
    const [u, v] = to[k]!;
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u]);
    rows.push([0, 0, 0, x, y, 1, -v * x, -v * y, v]);
  }
  const solved = solveLinear(rows, SINGULAR);
  if (!solved) throw new RangeError('homographyFromPoints: the points do not determine a mapping');
  return normalise([...solved, 1]);
}

function normalise(m: readonly number[]): Homography {
  const scale = m[8]!;
  return m.map((value) => value / scale) as unknown as Homography;
}
