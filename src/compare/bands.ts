import type { Raster } from '../photo/index.js';

/** Coarse structure is looked at in a picture so many times smaller. */
export const SHRINK = 4;

export function greyOf({ data, width, height }: Raster): Float32Array {
  const grey = new Float32Array(width * height);
  for (let k = 0, p = 0; k < grey.length; k++, p += 3) {
    grey[k] = 0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]!;
  }
  return grey;
}

/** A picture between two blurs: what one mean over a square left, minus its mean over a larger one. */
export function bandBelow(sharp: Float32Array, width: number, height: number, radius: number): Float32Array {
  const soft = meanOver(sharp, width, height, radius);
  for (let k = 0; k < soft.length; k++) soft[k] = sharp[k]! - soft[k]!;
  return soft;
}

/** Mean over a square of 2 · radius + 1, the border repeated. */
export function meanOver(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const across = new Float32Array(values.length);
  const share = 1 / (2 * radius + 1);
  const last = width - 1;
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let sum = 0;
    for (let k = -radius; k <= radius; k++) sum += values[start + Math.min(last, Math.max(0, k))]!;
    for (let x = 0; x < width; x++) {
      across[start + x] = sum * share;
      sum += values[start + Math.min(x + radius + 1, last)]! - values[start + Math.max(x - radius, 0)]!;
    }
  }
  // Downward all columns at once: row after row lies in memory as it is read.
  const out = new Float32Array(values.length);
  const sums = new Float64Array(width);
  for (let k = -radius; k <= radius; k++) {
    const row = Math.min(height - 1, Math.max(0, k)) * width;
    for (let x = 0; x < width; x++) sums[x]! += across[row + x]!;
  }
  for (let y = 0; y < height; y++) {
    const [from, enters, leaves] = [
      y * width,
      Math.min(y + radius + 1, height - 1) * width,
      Math.max(y - radius, 0) * width,
    ];
    for (let x = 0; x < width; x++) {
      out[from + x] = sums[x]! * share;
      sums[x]! += across[enters + x]! - across[leaves + x]!;
    }
  }
  return out;
}

/** Means over blocks of {@link SHRINK}². */
export function meanOfBlocks(values: Float32Array, width: number, height: number): Float32Array {
  const columns = Math.ceil(width / SHRINK);
  const out = new Float32Array(columns * Math.ceil(height / SHRINK));
  const count = new Uint8Array(out.length);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / SHRINK) * columns;
    for (let x = 0; x < width; x++) {
      const at = row + (x >> 2);
      out[at]! += values[y * width + x]!;
      count[at]!++;
    }
  }
  for (let k = 0; k < out.length; k++) out[k]! /= count[k]!;
  return out;
}

/** A mask in the size of {@link meanOfBlocks}: the middle pixel of each block, 0 or 1. */
export function takeEvery(mask: Uint8Array, width: number, height: number): Uint8Array {
  const columns = Math.ceil(width / SHRINK);
  const out = new Uint8Array(columns * Math.ceil(height / SHRINK));
  for (let k = 0; k < out.length; k++) {
    const x = Math.min(width - 1, (k % columns) * SHRINK + SHRINK / 2);
    const y = Math.min(height - 1, Math.floor(k / columns) * SHRINK + SHRINK / 2);
    out[k] = mask[y * width + x] ? 1 : 0;
  }
  return out;
}
