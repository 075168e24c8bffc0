import type { Raster } from '../photo/index.js';
import { boxMean } from './boxFilter.js';

/** A picture as one brightness and two colour planes, each `width * height` values on the 0–255 scale. */
export interface Planes {
  width: number;
  height: number;
  /** Brightness, colour red–green, colour yellow–blue. */
  planes: [Float32Array, Float32Array, Float32Array];
}

/**
 * Splits RGB into opponent planes: brightness (BT.601 luma), red minus green and yellow minus blue, the colours at
 * half weight, since cameras carry them at half resolution and noisier.
 */
export function toPlanes(picture: Raster): Planes {
  const { data, width, height } = picture;
  const count = width * height;
  const brightness = new Float32Array(count);
  const redGreen = new Float32Array(count);
  const yellowBlue = new Float32Array(count);
  for (let k = 0, from = 0; k < count; k++, from += 3) {
    const r = data[from]!;
    const g = data[from + 1]!;
    const b = data[from + 2]!;
    brightness[k] = 0.299 * r + 0.587 * g + 0.114 * b;
    redGreen[k] = 0.5 * (r - g);
    yellowBlue[k] = 0.5 * (0.5 * (r + g) - b);
  }
  return { width, height, planes: [brightness, redGreen, yellowBlue] };
}

/** Blurs all planes in place with three box means, near to a Gaussian of `sigma` pixels (Wells, PAMI 1986). */
export function blurPlanes({ planes, width, height }: Planes, sigma: number): void {
  const scratch = new Float32Array(width * height);
  // Variance of a box of width n is (n² − 1) / 12; three of them add up.
  const radius = Math.max(1, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  for (const plane of planes) {
    for (let pass = 0; pass < 3; pass++) boxMean(plane, plane, scratch, width, height, radius);
  }
}
