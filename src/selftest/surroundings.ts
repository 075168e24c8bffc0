import type { Raster } from '../photo/index.js';
import { edgeSpread, sharpeningDip } from './edgeSpread.js';
import { exposure } from './exposure.js';
import { type Grain, sampleGrain } from './grain.js';
import type { Random } from './random.js';

/** What the photo looks like around a place: enough to make a planted part look shot by the same camera. */
export interface Surroundings {
  /** sRGB that the darkest things have here, a channel. */
  black: [number, number, number];
  /** sRGB that white things have here, a channel. */
  white: [number, number, number];
  /** Edge spread as the standard deviation of a Gaussian, pixels. */
  blurPx: number;
  /** How much the camera sharpened: the amount of an unsharp mask of 1.5 px, 0 to 2. */
  sharpening: number;
  noise: Grain;
}

/** Half the side of the window for what belongs to the camera and not to the place: sharpening and grain. */
const CAMERA_RADIUS = 200;

/** Edge spread where no edge is near enough to measure it, pixels. */
const TYPICAL_SPREAD = 0.8;

/** Dip beside a sharp step that an unsharp mask of 1.5 px and amount 1 leaves, as a share of the step. */
const DIP_OF_UNIT_SHARPENING = 0.09;

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
  const wide = Math.max(radius, CAMERA_RADIUS);
  const blurPx =
    edgeSpread(photo, left, top, right, bottom) ??
    edgeSpread(photo, cx - wide, cy - wide, cx + wide, cy + wide);
  const dip = sharpeningDip(photo, cx - wide, cy - wide, cx + wide, cy + wide);
  const { black, white } = exposure(photo, left, top, right, bottom);
  return {
    black,
    white,
    blurPx: blurPx ?? TYPICAL_SPREAD,
    sharpening: Math.min(2, dip / DIP_OF_UNIT_SHARPENING),
    noise: sampleGrain(photo, cx - wide, cy - wide, cx + wide, cy + wide, random),
  };
}
