import type { Raster } from '../photo/index.js';

/** Half the side of the window that is compared. */
const HALF = 10;

/**
 * Zero-mean normalised cross-correlation of the windows around two points, -1 to 1, to the nearest pixel; 0 where a window
 * is plain or reaches beyond its picture.
 * @param a grey
 * @param b grey
 */
export function correlationAt(a: Raster, ax: number, ay: number, b: Raster, bx: number, by: number): number {
  const [left, top, there, under] = [ax, ay, bx, by].map((v) => Math.round(v) - HALF) as [
    number,
    number,
    number,
    number,
  ];
  const side = 2 * HALF + 1;
  if (left < 0 || top < 0 || left + side > a.width || top + side > a.height) return 0;
  if (there < 0 || under < 0 || there + side > b.width || under + side > b.height) return 0;
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let row = 0; row < side; row++) {
    let i = (top + row) * a.width + left;
    let j = (under + row) * b.width + there;
    for (let column = 0; column < side; column++, i++, j++) {
      const p = a.data[i]!;
      const q = b.data[j]!;
      sumA += p;
      sumB += q;
      squaresA += p * p;
      squaresB += q * q;
      products += p * q;
    }
  }
  const n = side * side;
  const spread = (squaresA - (sumA * sumA) / n) * (squaresB - (sumB * sumB) / n);
  return spread <= n * n ? 0 : (products - (sumA * sumB) / n) / Math.sqrt(spread);
}
