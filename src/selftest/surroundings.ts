import type { Raster } from '../photo/index.js';
import { luma } from './colour.js';
import type { Random } from './random.js';

/** What the photo looks like around a place: enough to make a planted part look shot by the same camera. */
export interface Surroundings {
  /** sRGB that the darkest things have here, a channel. */
  black: [number, number, number];
  /** sRGB that white things have here, a channel. */
  white: [number, number, number];
  /** Edge spread as the standard deviation of a Gaussian, pixels. */
  blurPx: number;
  /** Grain cut from the flattest place nearby: `side × side × 3` signed differences from a smooth surface, sRGB. */
  noise: { data: Float32Array; side: number };
}

const NOISE_SIDE = 20;

/**
 * Measures the photo in a square window.
 * @param radius half the window's side, pixels
 */
export function measureSurroundings(
  photo: Raster,
  [cx, cy]: readonly [number, number],
  radius: number,
  random: Random,
): Surroundings {
  const left = Math.max(0, Math.round(cx - radius));
  const top = Math.max(0, Math.round(cy - radius));
  const right = Math.min(photo.width, Math.round(cx + radius));
  const bottom = Math.min(photo.height, Math.round(cy + radius));
  const { black, white } = exposure(photo, left, top, right, bottom);
  return {
    black,
    white,
    blurPx: edgeSpread(photo, left, top, right, bottom),
    noise: sampleNoise(photo, left, top, right, bottom, random),
  };
}

/**
 * Levels of black and white, in the tint that grey things have here. Half local light, half the whole photo's range:
 * an even window holds neither black nor white.
 */
function exposure(photo: Raster, left: number, top: number, right: number, bottom: number) {
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

/** Standard deviation of the blur that the estimate adds itself, pixels. */
const REBLUR = 1;

/**
 * Edge spread in a window: how much a known extra blur weakens the strongest edges tells how blurred they are.
 * A step of spread s has the peak slope 1/(s·√2π), so the ratio R of the slopes before and after a blur of s₀ is
 * √(s² + s₀²)/s, and s = s₀/√(R² − 1).
 * Source: Zhuo and Sim, Defocus map estimation from a single image, Pattern Recognition 44(9), 2011.
 * @returns the spread of a middling one of the edges, 0.3 to 4 px; 0.8 px where there is no edge to measure
 */
export function edgeSpread(photo: Raster, left: number, top: number, right: number, bottom: number): number {
  const width = right - left;
  const height = bottom - top;
  if (width < 9 || height < 9) return 0.8;
  const grey = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const k = ((top + y) * photo.width + left + x) * 3;
      grey[y * width + x] = luma(photo.data[k]!, photo.data[k + 1]!, photo.data[k + 2]!);
    }
  }
  const soft = gaussianBlur(grey, width, height, 1, REBLUR);
  const slope = (plane: Float32Array, k: number) =>
    Math.hypot(plane[k + 1]! - plane[k - 1]!, plane[k + width]! - plane[k - width]!) / 2;
  const found: { slope: number; spread: number }[] = [];
  for (let y = 4; y < height - 4; y++) {
    for (let x = 4; x < width - 4; x++) {
      const k = y * width + x;
      const here = slope(grey, k);
      if (here < 6) continue;
      const horizontal =
        Math.abs(grey[k + 1]! - grey[k - 1]!) > Math.abs(grey[k + width]! - grey[k - width]!);
      const step = horizontal ? 1 : width;
      // Only crests of the slope: beside them the ratio says nothing about the edge.
      if (slope(grey, k - step) > here || slope(grey, k + step) > here) continue;
      const ratio = here / Math.max(1e-3, slope(soft, k));
      if (ratio > 1.01) found.push({ slope: here, spread: REBLUR / Math.sqrt(ratio * ratio - 1) });
    }
  }
  if (found.length < 12) return 0.8;
  found.sort((a, b) => b.slope - a.slope);
  const strong = found.slice(0, Math.max(12, found.length >> 2)).map(({ spread }) => spread);
  strong.sort((a, b) => a - b);
  // The central difference widens a step by itself; its share (variance 1/3 of a pixel) is taken off.
  const spread = Math.sqrt(Math.max(0.09, strong[Math.floor(strong.length * 0.55)]! ** 2 - 1 / 3));
  return Math.min(4, spread);
}

/** Gaussian blur of interleaved planes; edges repeat. Returns a new array; `sigma` below 0.15 px only copies. */
export function gaussianBlur(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  sigma: number,
): Float32Array {
  if (sigma < 0.15) return data.slice();
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const weights = new Float32Array(2 * reach + 1);
  let sum = 0;
  for (let k = -reach; k <= reach; k++) sum += weights[k + reach] = Math.exp((-k * k) / (2 * sigma * sigma));
  const middle = new Float32Array(data.length);
  const out = new Float32Array(data.length);
  const pass = (
    from: Float32Array,
    to: Float32Array,
    along: number,
    length: number,
    across: number,
    lines: number,
  ) => {
    for (let line = 0; line < lines; line++) {
      for (let at = 0; at < length; at++) {
        for (let c = 0; c < channels; c++) {
          let total = 0;
          for (let k = -reach; k <= reach; k++) {
            const place = Math.min(length - 1, Math.max(0, at + k));
            total += weights[k + reach]! * from[line * across + place * along + c]!;
          }
          to[line * across + at * along + c] = total / sum;
        }
      }
    }
  };
  pass(data, middle, channels, width, width * channels, height);
  pass(middle, out, width * channels, height, channels, width);
  return out;
}

/** Grain of the flattest of many small patches: what is left of it without its smooth part. */
function sampleNoise(
  photo: Raster,
  left: number,
  top: number,
  right: number,
  bottom: number,
  random: Random,
) {
  const side = NOISE_SIDE;
  const patches: { data: Float32Array; energy: number }[] = [];
  const fits = right - left > side && bottom - top > side;
  for (let tried = 0; fits && tried < 80; tried++) {
    const x0 = random.integer(left, right - side - 1);
    const y0 = random.integer(top, bottom - side - 1);
    const patch = new Float32Array(side * side * 3);
    let mean = 0;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side * 3; x++) {
        const value = photo.data[((y0 + y) * photo.width + x0) * 3 + x]!;
        patch[y * side * 3 + x] = value;
        mean += value;
      }
    }
    mean /= patch.length;
    if (mean < 12 || mean > 243) continue;
    const smooth = gaussianBlur(patch, side, side, 3, 2.5);
    let energy = 0;
    for (let k = 0; k < patch.length; k++) {
      patch[k]! -= smooth[k]!;
      energy += patch[k]! * patch[k]!;
    }
    patches.push({ data: patch, energy });
  }
  if (patches.length === 0) return { data: new Float32Array(side * side * 3), side };
  patches.sort((a, b) => a.energy - b.energy);
  return { data: patches[Math.floor(patches.length * 0.25)]!.data, side };
}
