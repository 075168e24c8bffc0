import type { Raster } from '../photo/index.js';
import { luma } from './colour.js';

/** Colour shares are counted in bins of 1/40. */
const BINS = 40;

/** Largest distance of a pixel's colour shares from the surface's. */
const REACH = 0.075;

/** How much brighter than its middling brightness the surface may look, sRGB. */
const GLARE = 60;

/**
 * Where a photo shows the board's own surface: what has its most frequent colour, however light or dark it is lit.
 * Parts, metal, print and holes of other colours are left out; black plastic on a black board is not told apart.
 * @param mask one byte a pixel, non-zero on the board
 * @returns one byte a pixel: 1 on the surface
 */
export function surfaceMask({ data, width, height }: Raster, mask: Uint8Array): Uint8Array {
  const n = width * height;
  const red = new Float32Array(n);
  const blue = new Float32Array(n);
  const counts = new Float32Array((BINS + 1) * (BINS + 1));
  for (let k = 0; k < n; k++) {
    const r = data[k * 3]!;
    const g = data[k * 3 + 1]!;
    const b = data[k * 3 + 2]!;
    // A constant keeps near-black pixels near grey, where their colour means nothing.
    const sum = r + g + b + 12;
    red[k] = (r + 4) / sum;
    blue[k] = (b + 4) / sum;
    const brightness = luma(r, g, b);
    if (mask[k] && brightness > 25 && brightness < 225) {
      // Colour counts more than grey: boards are seldom grey, chips and sockets often.
      const colourful = Math.hypot(red[k]! - 1 / 3, blue[k]! - 1 / 3);
      counts[Math.round(red[k]! * BINS) * (BINS + 1) + Math.round(blue[k]! * BINS)]! += 0.2 + 8 * colourful;
    }
  }
  let best = 0;
  for (let k = 1; k < counts.length; k++) if (counts[k]! > counts[best]!) best = k;
  const surfaceRed = Math.floor(best / (BINS + 1)) / BINS;
  const surfaceBlue = (best % (BINS + 1)) / BINS;
  const out = new Uint8Array(n);
  const levels = new Uint32Array(256);
  let found = 0;
  for (let k = 0; k < n; k++) {
    if (!mask[k] || Math.hypot(red[k]! - surfaceRed, blue[k]! - surfaceBlue) >= REACH) continue;
    out[k] = 1;
    levels[level(data, k)]!++;
    found++;
  }
  // What is far brighter is paper seen through holes, glare or print.
  let middle = 0;
  for (let sum = levels[0]!; sum <= found / 2 && middle < 255; ) sum += levels[++middle]!;
  for (let k = 0; k < n; k++) if (out[k] && level(data, k) > middle + GLARE) out[k] = 0;
  return out;
}

/** Brightness of a pixel, whole numbers 0..255. */
function level(data: Uint8Array, k: number): number {
  return Math.round(luma(data[k * 3]!, data[k * 3 + 1]!, data[k * 3 + 2]!));
}
