import { type Box, growBox, pixelBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { blend, type Edit, SHARPENING_SIGMA } from './blend.js';
import { toLinear } from './colour.js';
import { gaussianBlur } from './gaussianBlur.js';
import { type Placement, placementBox } from './placement.js';
import type { Random } from './random.js';
import { resamplePart } from './resample.js';
import type { Rgba } from './rgba.js';
import { castShadow, drawLight, type Light } from './shadow.js';
import { measureSurroundings } from './surroundings.js';

/** How a part is planted. */
export interface PlantOptions {
  /** The photo's light; give all plants of one photo the same. `null` for no shadow. Default drawn anew. */
  light?: Light | null;
}

/**
 * Plants a part into a copy of a photo so that it looks shot with it: averaged down over the area of each pixel in
 * linear light, exposed between the surroundings' black and white, blurred to their edge spread, with a soft shadow,
 * sharpened as the camera did and with the photo's own grain.
 * @param photo RGB
 * @param part seen from above, at least as large as it is planted
 * @returns the edited copy, the box around the visible part and its visibility
 * @throws RangeError when the place lies outside the photo
 */
export function plantPart(
  photo: Raster,
  part: Rgba,
  placement: Placement,
  random: Random,
  { light = drawLight(random) }: PlantOptions = {},
): Edit {
  const { longSidePx, center } = placement;
  const window = pixelBox(
    growBox(placementBox(part, placement), 8 + 0.25 * longSidePx),
    photo.width,
    photo.height,
  );
  if (!window) throw new RangeError(`plantPart: expected a place inside the photo, got ${center.join(', ')}`);
  const around = measureSurroundings(photo, center, Math.max(60, 2.5 * longSidePx), random);
  const { width, height } = window;
  // Above 1: metal that faces the light burns out, as it does on real photos.
  const exposure = random.range(0.85, 1.12);
  const layer = resamplePart(part, placement, window, (value, c) => {
    const level = around.black[c]! + ((around.white[c]! - around.black[c]!) * exposure * value) / 255;
    return toLinear(level);
  });
  // Area averaging has blurred by one pixel's width already: variance 1/12.
  const blur = Math.sqrt(Math.max(0, spreadBefore(around.blurPx, around.sharpening) ** 2 - 1 / 12));
  const soft = gaussianBlur(layer, width, height, 4, blur);
  softenColour(soft, width, height);
  unevenLight(soft, window, longSidePx, random);
  const shadow = light && castShadow(soft, window, longSidePx, around.blurPx, light);
  return blend(photo, window, soft, around, random, shadow ? { light: shadow } : {});
}

/**
 * The edge spread before sharpening of an edge that is measured as `spread` after it. The peak slope of a Gaussian step
 * of spread s under an unsharp mask is `(1 + amount)/s − amount/√(s² + σ²)`, over √2π; edges are measured by how much
 * a blur of 1 px weakens it (see `edgeSpread`), so s is where that ratio is the one of a plain step of `spread`.
 */
export function spreadBefore(spread: number, amount: number): number {
  const slope = (variance: number) =>
    (1 + amount) / Math.sqrt(variance) - amount / Math.sqrt(variance + SHARPENING_SIGMA ** 2);
  const measured = Math.hypot(spread, 1) / spread;
  let low = spread;
  let high = spread * (1 + amount);
  for (let step = 0; step < 30; step++) {
    const s = (low + high) / 2;
    if (slope(s * s) / slope(s * s + 1) > measured) low = s;
    else high = s;
  }
  return low;
}

/** Cameras and JPEG carry colour at half resolution: colour, but not brightness, is blurred by about a pixel more. */
function softenColour(layer: Float32Array, width: number, height: number): void {
  const colour = gaussianBlur(layer, width, height, 4, 0.9);
  const brightness = (of: Float32Array, k: number) =>
    0.2126 * of[k]! + 0.7152 * of[k + 1]! + 0.0722 * of[k + 2]!;
  for (let k = 0; k < layer.length; k += 4) {
    const alpha = colour[k + 3]!;
    if (alpha < 1e-3) continue;
    const level = brightness(layer, k);
    // Colour as an offset from grey, at this pixel's own cover.
    const share = layer[k + 3]! / alpha;
    const soft = brightness(colour, k);
    for (let c = 0; c < 3; c++) layer[k + c] = Math.max(0, level + (colour[k + c]! - soft) * share);
  }
}

/** Light falls unevenly on real parts: a slope across the part and patches of a quarter of its size. */
function unevenLight(layer: Float32Array, { width, height }: Box, longSide: number, random: Random): void {
  const patches = gaussianBlur(
    Float32Array.from({ length: width * height }, () => random.normal()),
    width,
    height,
    1,
    Math.max(1, longSide / 10),
  );
  const spread = Math.sqrt(patches.reduce((sum, v) => sum + v * v, 0) / patches.length) || 1;
  const angle = random.range(0, 2 * Math.PI);
  const slope = random.range(0, 0.3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const along = ((x - width / 2) * Math.cos(angle) + (y - height / 2) * Math.sin(angle)) / longSide;
      const k = y * width + x;
      const light = 1 + slope * along + (0.07 * patches[k]!) / spread;
      for (let c = 0; c < 3; c++) layer[k * 4 + c]! *= light;
    }
  }
}
