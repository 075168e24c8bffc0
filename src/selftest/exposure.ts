import type { Raster } from '../photo/index.js';
import { luma } from './colour.js';

/**
 * Levels of black and white, in the tint that grey things have here. Half local light, half the whole photo's range:
 * an even window holds neither black nor white.
 */
export function exposure(photo: Raster, left: number, top: number, right: number, bottom: number) {
  const local = levels(photo, left, top, right, bottom, 1);
  const whole = levels(photo, 0, 0, photo.width, photo.height, 4);
  const black = (Math.max(local.black, whole.black) + whole.black) / 2;
  const white = Math.max((Math.min(local.white, whole.white) + whole.white) / 2, black + 60);
  const tint = neutralTint(photo, left, top, right, bottom);
  const tinted = (level: number): [number, number, number] => [
    level * tint[0]!,
    level * tint[1]!,
    level * tint[2]!,
  ];
  return { black: tinted(black), white: tinted(white) };
}

/** Brightness of the darkest and the brightest hundredth, looking at every `stride`th pixel. */
function levels(photo: Raster, left: number, top: number, right: number, bottom: number, stride: number) {
  const histogram = new Uint32Array(256);
  let n = 0;
  for (let y = top; y < bottom; y += stride) {
    for (let x = left; x < right; x += stride, n++) {
      const k = (y * photo.width + x) * 3;
      histogram[Math.round(luma(photo.data[k]!, photo.data[k + 1]!, photo.data[k + 2]!))]!++;
    }
  }
  return { black: percentile(histogram, 0.01 * n), white: percentile(histogram, 0.99 * n) };
}

/** Colour cast of what is nearly grey and neither burnt out nor black: channel over luma, within 12 % of 1. */
function neutralTint(photo: Raster, left: number, top: number, right: number, bottom: number) {
  const sums = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const k = (y * photo.width + x) * 3;
      const r = photo.data[k]!;
      const g = photo.data[k + 1]!;
      const b = photo.data[k + 2]!;
      const level = luma(r, g, b);
      if (level < 35 || level > 215 || Math.max(r, g, b) - Math.min(r, g, b) > 0.3 * level) continue;
      sums[0]! += r / level;
      sums[1]! += g / level;
      sums[2]! += b / level;
    }
  }
  // Where little is grey, a neutral prior of some pixels outweighs it.
  const prior = 100;
  const total = luma(sums[0]!, sums[1]!, sums[2]!) + prior;
  return sums.map((sum) => Math.min(1.12, Math.max(0.88, (sum + prior) / total)));
}

function percentile(histogram: Uint32Array, count: number): number {
  let sum = 0;
  for (let k = 0; k < 256; k++) {
    sum += histogram[k]!;
    if (sum > count) return k;
  }
  return 255;
}
