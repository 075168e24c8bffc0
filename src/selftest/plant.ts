import { type Box, boundingBox, growBox, type Point, pixelBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { fromLinear, labOf, toLinear } from './colour.js';
import { type Placement, placementBox } from './placement.js';
import type { Random } from './random.js';
import { resamplePart } from './resample.js';
import type { Rgba } from './rgba.js';
import { gaussianBlur, measureSurroundings, type Surroundings } from './surroundings.js';

/** An edited copy of a photo and where the edit is. */
export interface Edit {
  photo: Raster;
  /** Box around what was changed, without its shadow. */
  box: Box;
  /** Mean CIELAB ΔE (1976) between before and after inside the part: under about 5 nobody could see it. */
  visibility: number;
}

/**
 * Plants a part into a copy of a photo so that it looks shot with it: averaged down over the area of each pixel in
 * linear light, exposed between the surroundings' black and white, blurred to their edge spread, with a soft contact
 * shadow and the photo's own grain.
 * @param photo RGB
 * @param part seen from above, at least as large as it is planted
 */
export function plantPart(photo: Raster, part: Rgba, placement: Placement, random: Random): Edit {
  const { longSidePx, center } = placement;
  const window = pixelBox(
    growBox(placementBox(part, placement), 8 + 0.25 * longSidePx),
    photo.width,
    photo.height,
  );
  if (!window) throw new RangeError(`plantPart: expected a place inside the photo, got ${center.join(', ')}`);
  const around = measureSurroundings(photo, center, Math.max(60, 2.5 * longSidePx), random);
  const { width, height } = window;
  const exposure = random.range(0.82, 1);
  const layer = resamplePart(part, placement, window, (value, c) => {
    const level = around.black[c]! + ((around.white[c]! - around.black[c]!) * exposure * value) / 255;
    return toLinear(level);
  });
  // Area averaging has blurred by one pixel's width already: variance 1/12.
  const blur = Math.sqrt(Math.max(0, around.blurPx ** 2 - 1 / 12));
  const soft = gaussianBlur(layer, width, height, 4, blur);
  softenColour(soft, width, height);
  unevenLight(soft, window, longSidePx, random);
  return blend(
    photo,
    window,
    soft,
    castShadow(soft, window, longSidePx, around.blurPx, random),
    around,
    random,
    1,
  );
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

/** How much light the part leaves on the surface beside it, 0..1 a pixel: a dark rim that fades, longer on one side. */
function castShadow(
  layer: Float32Array,
  { width, height }: Box,
  longSide: number,
  blurPx: number,
  random: Random,
) {
  const angle = random.range(0, 2 * Math.PI);
  const reach = random.range(0.03, 0.09) * longSide;
  const dx = Math.round(Math.cos(angle) * reach);
  const dy = Math.round(Math.sin(angle) * reach);
  const shadow = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sx = Math.min(width - 1, Math.max(0, x - dx));
      const sy = Math.min(height - 1, Math.max(0, y - dy));
      shadow[y * width + x] = layer[(sy * width + sx) * 4 + 3]!;
    }
  }
  const depth = random.range(0.25, 0.55);
  return gaussianBlur(shadow, width, height, 1, Math.hypot(0.035 * longSide + 0.5, blurPx)).map(
    (s) => 1 - depth * s,
  );
}

/**
 * Lays a premultiplied linear RGBA layer over the photo.
 * @param light share of its light that the surface keeps, a pixel; `null` for all of it
 * @param grain how much of the photo's grain the layer gets, 0..1
 */
export function blend(
  photo: Raster,
  window: Box,
  layer: Float32Array,
  light: Float32Array | null,
  around: Pick<Surroundings, 'noise'>,
  random: Random,
  grain: number,
): Edit {
  const data = new Uint8Array(photo.data); // not slice: a Buffer would share its memory
  const { noise } = around;
  const shiftX = random.integer(0, noise.side - 1);
  const shiftY = random.integer(0, noise.side - 1);
  const inside: Point[] = [];
  let difference = 0;
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      const k = y * window.width + x;
      const alpha = layer[k * 4 + 3]!;
      const kept = light ? light[k]! : 1;
      if (alpha < 0.002 && kept > 0.998) continue;
      const at = ((window.y + y) * photo.width + window.x + x) * 3;
      const n = (mirrored(y + shiftY, noise.side) * noise.side + mirrored(x + shiftX, noise.side)) * 3;
      for (let c = 0; c < 3; c++) {
        const surface = toLinear(photo.data[at + c]!) * kept;
        const value = fromLinear(layer[k * 4 + c]! + surface * (1 - alpha));
        data[at + c] = Math.round(Math.min(255, Math.max(0, value + grain * alpha * noise.data[n + c]!)));
      }
      if (alpha < 0.5) continue;
      inside.push([window.x + x, window.y + y], [window.x + x + 1, window.y + y + 1]);
      difference += deltaE(photo.data, data, at);
    }
  }
  return {
    photo: { ...photo, data },
    box: inside.length ? boundingBox(inside) : window,
    visibility: inside.length ? difference / (inside.length / 2) : 0,
  };
}

/** Place in a tile that is laid mirrored beside itself. */
function mirrored(k: number, side: number): number {
  const m = k % (2 * side);
  return m < side ? m : 2 * side - 1 - m;
}

/** CIELAB ΔE (1976) between two rasters at one place. */
export function deltaE(before: Uint8Array, after: Uint8Array, at: number): number {
  const [l1, a1, b1] = labOf(before[at]!, before[at + 1]!, before[at + 2]!);
  const [l2, a2, b2] = labOf(after[at]!, after[at + 1]!, after[at + 2]!);
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}
