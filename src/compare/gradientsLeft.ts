import { around, type Sums } from './cellSums.js';
import { CELL } from './light.js';

/** Sums of products of the gradients of a picture, cell by cell: `aa` across, `bb` down, `ab` of both. */
export type Tensors = Sums;

/** @param smooth grey levels, the finest grain taken out @param where one byte a pixel, non-zero on what both show */
export function tensorsOf(smooth: Float32Array, where: Uint8Array, width: number): Tensors {
  const height = smooth.length / width;
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const [ab, aa, bb, count] = [0, 1, 2, 3].map(() => new Float64Array(columns * rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let y = 1; y < height - 1; y++) {
    const row = Math.floor(y / CELL) * columns;
    for (let x = 1; x < width - 1; x++) {
      const k = y * width + x;
      // Beyond the board there is nothing to compare: an edge to it is none of the board's.
      if (!where[k] || !where[k - 1] || !where[k + 1] || !where[k - width] || !where[k + width]) continue;
      const dx = smooth[k + 1]! - smooth[k - 1]!;
      const dy = smooth[k + width]! - smooth[k - width]!;
      const at = row + (x >> 4);
      aa[at]! += dx * dx;
      ab[at]! += dx * dy;
      bb[at]! += dy * dy;
      count[at]!++;
    }
  }
  return { ab, aa, bb, count };
}

/** Mean gradient of the reference, grey levels over two pixels, below which there is nothing that motion could take. */
const LEAST_GRADIENT = 7;
/** Share of the reference's gradients that the direction with fewer of them must have. */
const LEAST_ACROSS = 0.1;

/**
 * What the photo has left of the reference's gradients around each cell, in the direction that lost most and in the one that
 * lost least, 1 for all of them: the roots of the generalised eigenvalues of its structure tensor against the reference's.
 * NaN where the reference has next to none in one of the directions.
 * Source: structure tensors, Förstner and Gülch, A fast operator for detection and precise location of distinct points,
 * corners and centres of circular features, ISPRS Intercommission Workshop, 1987.
 */
export function gradientsLeft(
  tensors: readonly [Tensors, Tensors],
  columns: number,
  rows: number,
  reach: number,
): { least: Float32Array; most: Float32Array } {
  const [ref, photo] = tensors.map((sums) => around(sums, columns, rows, reach)) as [Tensors, Tensors];
  const least = new Float32Array(columns * rows).fill(Number.NaN);
  const most = least.slice();
  for (let k = 0; k < least.length; k++) {
    const [p, q, r] = [ref.aa[k]!, ref.ab[k]!, ref.bb[k]!];
    const [u, v, w] = [photo.aa[k]!, photo.ab[k]!, photo.bb[k]!];
    const det = p * r - q * q;
    if (p + r < LEAST_GRADIENT ** 2 * ref.count[k]! || smallerShare(p + r, det) < LEAST_ACROSS) continue;
    // Eigenvalues of ref⁻¹ · photo.
    const half = (r * u - 2 * q * v + p * w) / (2 * det);
    const root = Math.sqrt(Math.max(0, half * half - (u * w - v * v) / det));
    least[k] = Math.sqrt(Math.max(0, half - root));
    most[k] = Math.sqrt(half + root);
  }
  return { least, most };
}

/** The smaller eigenvalue of a symmetric matrix, as a share of the sum of both. */
function smallerShare(sum: number, det: number): number {
  return sum > 0 ? 0.5 - Math.sqrt(Math.max(0, 0.25 - det / (sum * sum))) : 0;
}
