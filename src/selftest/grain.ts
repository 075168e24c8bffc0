import type { Raster } from '../photo/index.js';
import { gaussianBlur } from './gaussianBlur.js';
import type { Random } from './random.js';

/** A tile of grain that repeats without a seam: `side × side × 3` signed differences, sRGB. */
export interface Grain {
  data: Float32Array;
  side: number;
}

const PATCH = 16;
const SIDE = 32;
const TRIES = 300;

/**
 * Grain like the photo's own: of the flattest of many small patches in a window, what is left without its smooth part,
 * with its size, colour and grain width kept and its structure taken out by random phases.
 * Source: Galerne, Leclaire and Moisan, Texton noise, Computer Graphics Forum 36(8), 2017.
 * @returns no grain (zeros) where the window is smaller than a patch or burnt out
 */
export function sampleGrain(
  photo: Raster,
  left: number,
  top: number,
  right: number,
  bottom: number,
  random: Random,
): Grain {
  const x0 = Math.max(0, Math.round(left));
  const y0 = Math.max(0, Math.round(top));
  const x1 = Math.min(photo.width, Math.round(right)) - PATCH;
  const y1 = Math.min(photo.height, Math.round(bottom)) - PATCH;
  const patches: { data: Float32Array; energy: number }[] = [];
  for (let tried = 0; tried < TRIES && x1 > x0 && y1 > y0; tried++) {
    const patch = residue(photo, random.integer(x0, x1 - 1), random.integer(y0, y1 - 1));
    if (patch) patches.push(patch);
  }
  const data = new Float32Array(SIDE * SIDE * 3);
  if (patches.length === 0) return { data, side: SIDE };
  patches.sort((a, b) => a.energy - b.energy);
  // Not the flattest: compression has wiped out its grain. A little texture does not show once it is strewn.
  scatter(patches[Math.floor(patches.length * 0.15)]!.data, data, random);
  return { data, side: SIDE };
}

/** A patch without its smooth part; `null` where it is nearly black or burnt out. */
function residue(photo: Raster, x0: number, y0: number): { data: Float32Array; energy: number } | null {
  const patch = new Float32Array(PATCH * PATCH * 3);
  let mean = 0;
  for (let y = 0; y < PATCH; y++) {
    for (let x = 0; x < PATCH * 3; x++) {
      const value = photo.data[((y0 + y) * photo.width + x0) * 3 + x]!;
      patch[y * PATCH * 3 + x] = value;
      mean += value / patch.length;
    }
  }
  if (mean < 15 || mean > 225) return null;
  const smooth = gaussianBlur(patch, PATCH, PATCH, 3, 2.5);
  let energy = 0;
  for (let k = 0; k < patch.length; k++) {
    patch[k]! -= smooth[k]!;
    energy += patch[k]! * patch[k]!;
  }
  return { data: patch, energy };
}

/** Strews the patch over the tile, each copy with a Gaussian weight. */
function scatter(patch: Float32Array, tile: Float32Array, random: Random): void {
  for (let at = 0; at < SIDE * SIDE; at++) {
    const weight = random.normal() / PATCH;
    const ax = at % SIDE;
    const ay = Math.floor(at / SIDE);
    for (let y = 0; y < PATCH; y++) {
      const row = ((ay + y) % SIDE) * SIDE;
      for (let x = 0; x < PATCH; x++) {
        const to = (row + ((ax + x) % SIDE)) * 3;
        const from = (y * PATCH + x) * 3;
        for (let c = 0; c < 3; c++) tile[to + c]! += weight * patch[from + c]!;
      }
    }
  }
}
