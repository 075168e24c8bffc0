import type { Raster } from '../photo/index.js';
import { luma } from './colour.js';
import { gaussianBlur } from './gaussianBlur.js';

/**
 * Edge spread in a window: how much a known extra blur weakens the strongest edges tells how blurred they are.
 * A step of spread s has the peak slope 1/(s·√2π). With R the ratio of the slopes behind blurs of a and b (b > a),
 * R² = (s² + b²)/(s² + a²), so s² = (b² − R²·a²)/(R² − 1).
 * Source: Zhuo and Sim, Defocus map estimation from a single image, Pattern Recognition 44(9), 2011.
 * @returns the spread of a middling one of the strong edges, 0.3 to 4 px; `null` where there is no edge to measure
 */
export function edgeSpread(
  photo: Raster,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number | null {
  const x0 = Math.max(0, Math.round(left));
  const y0 = Math.max(0, Math.round(top));
  const width = Math.min(photo.width, Math.round(right)) - x0;
  const height = Math.min(photo.height, Math.round(bottom)) - y0;
  if (width < 9 || height < 9) return null;
  const grey = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const k = ((y0 + y) * photo.width + x0 + x) * 3;
      grey[y * width + x] = luma(photo.data[k]!, photo.data[k + 1]!, photo.data[k + 2]!);
    }
  }
  const fine = spreadBetween(grey, width, height, 0, 1, 6);
  // On soft edges grain weighs more than the edge: look again behind a blur that takes it away.
  const spread = fine === null || fine > 1.3 ? spreadBetween(grey, width, height, 1.2, 2.2, 2.5) : fine;
  return spread === null ? null : Math.min(4, Math.max(0.3, spread));
}

/** @param leastSlope of an edge that counts, sRGB a pixel, behind the blur of `a` */
function spreadBetween(
  grey: Float32Array,
  width: number,
  height: number,
  a: number,
  b: number,
  leastSlope: number,
): number | null {
  const before = gaussianBlur(grey, width, height, 1, a);
  const after = gaussianBlur(grey, width, height, 1, b);
  const slope = (plane: Float32Array, k: number) =>
    Math.hypot(plane[k + 1]! - plane[k - 1]!, plane[k + width]! - plane[k - width]!) / 2;
  const found: { slope: number; squared: number }[] = [];
  for (let y = 4; y < height - 4; y++) {
    for (let x = 4; x < width - 4; x++) {
      const k = y * width + x;
      const here = slope(before, k);
      if (here < leastSlope) continue;
      const across = Math.abs(before[k + 1]! - before[k - 1]!);
      const step = across > Math.abs(before[k + width]! - before[k - width]!) ? 1 : width;
      // Only crests of the slope: beside them the ratio says nothing about the edge.
      if (slope(before, k - step) > here || slope(before, k + step) > here) continue;
      const ratio = (here / Math.max(1e-3, slope(after, k))) ** 2;
      // The central difference widens a step by itself: its share, a variance of 1/3, is taken off.
      if (ratio > 1.02) found.push({ slope: here, squared: (b * b - ratio * a * a) / (ratio - 1) - 1 / 3 });
    }
  }
  if (found.length < 12) return null;
  found.sort((p, q) => q.slope - p.slope);
  const strong = found.slice(0, Math.max(12, found.length >> 2)).map(({ squared }) => squared);
  strong.sort((p, q) => p - q);
  return Math.sqrt(Math.max(0.09, strong[Math.floor(strong.length * 0.55)]!));
}

/**
 * How much the camera sharpened: how far the picture dips on the dark side of a step before it settles. The bright
 * side would say the same, but is often burnt out.
 * Profiles are read straight across the steepest places of a window; the dark far side has to be level.
 * @returns the median dip as a share of the step's height, 0 to 0.4; 0 where fewer than 12 clean steps are found
 */
export function sharpeningDip(
  photo: Raster,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  const { width, height, data } = photo;
  const grey = (k: number) => luma(data[k * 3]!, data[k * 3 + 1]!, data[k * 3 + 2]!);
  const dips: number[] = [];
  const steps = [1, width, -1, -width];
  const x0 = Math.max(Math.round(left), 8);
  const x1 = Math.min(Math.round(right), width - 8);
  for (let y = Math.max(Math.round(top), 8); y < Math.min(Math.round(bottom), height - 8); y++) {
    for (let x = x0; x < x1; x++) {
      const k = y * width + x;
      for (const step of steps) {
        // k is the last dark pixel: the step rises behind it, steeper than before and after.
        const rise = grey(k + step) - grey(k);
        if (rise < 24) continue;
        const across = Math.abs(step) === 1 ? width : 1;
        if (Math.abs(grey(k + across) - grey(k - across)) > 0.5 * rise) continue;
        if (rise < grey(k + 2 * step) - grey(k + step) || rise < grey(k) - grey(k - step)) continue;
        const far = (grey(k - 4 * step) + grey(k - 5 * step) + grey(k - 6 * step)) / 3;
        const span = Math.max(grey(k + 2 * step), grey(k + 3 * step)) - far;
        if (span < 40 || Math.abs(grey(k - 4 * step) - grey(k - 6 * step)) > 0.1 * span) continue;
        dips.push((far - (grey(k - step) + Math.min(grey(k), grey(k - 2 * step))) / 2) / span);
      }
    }
  }
  if (dips.length < 12) return 0;
  dips.sort((p, q) => p - q);
  return Math.min(0.4, Math.max(0, dips[dips.length >> 1]!));
}
