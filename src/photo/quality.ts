import { toGrey } from './grey.js';
import type { Raster } from './raster.js';

/** What can be said of a photo without knowing what it shows. */
export interface PhotoQuality {
  /** 1 minus the blur metric of Crété-Roffet: about 0.1 for hopeless blur, 0.6 and more for a sharp photo. */
  sharpness: number;
  /** Share of pixels with all channels at 250 or above, 0 to 1. */
  clippedFraction: number;
  /** Share of pixels with all channels at 10 or below, 0 to 1. */
  darkFraction: number;
}

/** Measures sharpness and exposure of an RGB photo. */
export function measureQuality(photo: Raster): PhotoQuality {
  let clipped = 0;
  let dark = 0;
  const { data } = photo;
  for (let k = 0; k < data.length; k += 3) {
    const r = data[k]!;
    const g = data[k + 1]!;
    const b = data[k + 2]!;
    if (r >= 250 && g >= 250 && b >= 250) clipped++;
    else if (r <= 10 && g <= 10 && b <= 10) dark++;
  }
  const count = photo.width * photo.height;
  return {
    sharpness: round(1 - blurMetric(toGrey(photo))),
    clippedFraction: round(clipped / count),
    darkFraction: round(dark / count),
  };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/**
 * The no-reference blur metric, 0 (sharp) to 1 (blurred): blur the picture once more and see how much of the
 * variation between neighbours goes; a sharp picture loses much, a blurred one little.
 * Source: Crété-Roffet, Dolmiere, Ladret, Nicolas, "The blur effect", SPIE Electronic Imaging 2007.
 * @param grey one channel; rows are sampled so that at most about 1,500 are read
 */
function blurMetric(grey: Raster): number {
  const { data, width, height } = grey;
  const step = Math.max(1, Math.floor(height / 1500));
  const half = 4; // the paper's 9-tap mean
  let total = 0;
  let lost = 0;
  for (let y = 1; y < height; y += step) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < 2 * half + 1 && x < width; x++) sum += data[row + x]!;
    for (let x = half + 1; x + half < width; x++) {
      const before = sum;
      sum += data[row + x + half]! - data[row + x - half - 1]!;
      const variation = Math.abs(data[row + x]! - data[row + x - 1]!);
      const blurredVariation = Math.abs(sum - before) / (2 * half + 1);
      total += variation;
      lost += Math.max(0, variation - blurredVariation);
    }
  }
  return total === 0 ? 1 : (total - lost) / total;
}
