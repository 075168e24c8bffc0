import type { Box } from '../geometry/index.js';
import { gaussianBlur } from './gaussianBlur.js';
import type { Random } from './random.js';

/** Light that falls on a photo: all parts planted in one photo share it. */
export interface Light {
  /** Where shadows fall, degrees clockwise on screen from pointing right. */
  shadowAngleDeg: number;
  /** Length of the shadow, as a share of the part's longer side. */
  reach: number;
  /** Share of its light that the surface loses right beside a part, 0..1. */
  depth: number;
}

/** Draws the light of one photo: indoor light from above one side, softened by the room. */
export function drawLight(random: Random): Light {
  return {
    shadowAngleDeg: random.range(0, 360),
    reach: random.range(0.03, 0.09),
    depth: random.range(0.35, 0.65),
  };
}

/**
 * How much light a part leaves on the surface around it, 0..1 a pixel: dark where they touch, and a soft shadow to
 * one side.
 * @param layer RGBA of the part in `window`, premultiplied; only alpha is read
 * @param blurPx the photo's own edge spread
 */
export function castShadow(
  layer: Float32Array,
  { width, height }: Box,
  longSidePx: number,
  blurPx: number,
  { shadowAngleDeg, reach, depth }: Light,
): Float32Array {
  const angle = (shadowAngleDeg * Math.PI) / 180;
  const dx = Math.round(Math.cos(angle) * reach * longSidePx);
  const dy = Math.round(Math.sin(angle) * reach * longSidePx);
  const alpha = new Float32Array(width * height);
  const shifted = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sx = Math.min(width - 1, Math.max(0, x - dx));
      const sy = Math.min(height - 1, Math.max(0, y - dy));
      alpha[y * width + x] = layer[(y * width + x) * 4 + 3]!;
      shifted[y * width + x] = layer[(sy * width + sx) * 4 + 3]!;
    }
  }
  const contact = gaussianBlur(alpha, width, height, 1, Math.hypot(0.02 * longSidePx + 0.4, blurPx));
  const fallen = gaussianBlur(shifted, width, height, 1, Math.hypot(0.045 * longSidePx + 0.6, blurPx));
  return contact.map((c, k) => 1 - depth * (0.45 * c + 0.55 * fallen[k]!));
}
