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

/** Of more rows only every second, third… is looked at: millions of pixels say as much as tens of millions. */
const ENOUGH_ROWS = 750;
/** Half the width of the mean that {@link BlurSums} are taken with: the paper's 9 taps. */
const HALF = 4;

/** Measures sharpness and exposure of an RGB or grey photo, on a sample of its rows. */
export function measureQuality({ data, width, height, channels }: Raster): PhotoQuality {
  const step = Math.max(1, Math.floor(height / ENOUGH_ROWS));
  const row: Raster = { data, width, height: 1, channels };
  const sums: BlurSums = { variation: 0, lost: 0 };
  let clipped = 0;
  let dark = 0;
  let count = 0;
  for (let y = 0; y < height; y += step) {
    row.data = data.subarray(y * width * channels, (y + 1) * width * channels);
    clipped += countRow(row.data, channels, 250, 255);
    dark += countRow(row.data, channels, 0, 10);
    addRow(toGrey(row).data, sums);
    count += width;
  }
  return {
    sharpness: round(1 - blurMetric(sums)),
    clippedFraction: round(clipped / count),
    darkFraction: round(dark / count),
  };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** Number of pixels of a row whose channels all lie within limits. */
function countRow(row: Uint8Array, channels: number, least: number, most: number): number {
  let count = 0;
  if (channels === 1) {
    for (let k = 0; k < row.length; k++) if (row[k]! >= least && row[k]! <= most) count++;
    return count;
  }
  for (let k = 0; k < row.length; k += 3) {
    const r = row[k]!;
    if (r < least || r > most) continue;
    const g = row[k + 1]!;
    const b = row[k + 2]!;
    if (g >= least && g <= most && b >= least && b <= most) count++;
  }
  return count;
}

/** How much neighbouring pixels differ, and how much of that goes when the row is blurred once more. */
interface BlurSums {
  variation: number;
  lost: number;
}

function addRow(row: Uint8Array, sums: BlurSums): void {
  let sum = 0;
  let variation = 0;
  let lost = 0;
  for (let x = 0; x < 2 * HALF + 1 && x < row.length; x++) sum += row[x]!;
  for (let x = HALF + 1; x + HALF < row.length; x++) {
    const before = sum;
    sum += row[x + HALF]! - row[x - HALF - 1]!;
    const sharp = Math.abs(row[x]! - row[x - 1]!);
    // Ninths: the sum changes by nine times what the mean does.
    const gone = (2 * HALF + 1) * sharp - Math.abs(sum - before);
    variation += sharp;
    if (gone > 0) lost += gone;
  }
  sums.variation += variation;
  sums.lost += lost / (2 * HALF + 1);
}

/**
 * The no-reference blur metric, 0 (sharp) to 1 (blurred): blur the picture once more and see how much of the
 * variation between neighbours goes; a sharp picture loses much, a blurred one little.
 * Source: Crété-Roffet, Dolmiere, Ladret, Nicolas, "The blur effect", SPIE Electronic Imaging 2007.
 */
function blurMetric({ variation, lost }: BlurSums): number {
  return variation === 0 ? 1 : (variation - lost) / variation;
}
