import { type Box, boundingBox, type Point, pixelBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { fromLinear, labOf, luma, toLinear } from './colour.js';
import { gaussianBlur } from './gaussianBlur.js';
import type { Random } from './random.js';
import type { Surroundings } from './surroundings.js';

/** An edited copy of a photo and where the edit is. */
export interface Edit {
  photo: Raster;
  /** Box around what was changed, without its shadow. */
  box: Box;
  /** Mean CIELAB ΔE (1976) between before and after inside the part: under about 5 nobody could see it. */
  visibility: number;
}

/** Radius at which cameras sharpen, as the standard deviation of the blur that they take off, pixels. */
export const SHARPENING_SIGMA = 1.5;

/** How a layer is laid over a photo. */
export interface BlendOptions {
  /** Share of its light that the surface keeps, a pixel, 0..1. Default all of it. */
  light?: Float32Array;
  /** How much of the photo's grain the layer gets, 0..1. Default 1. */
  grain?: number;
  /** Whether the layer is sharpened as the camera sharpened the photo. Default yes. */
  sharpen?: boolean;
}

/**
 * Lays a layer over a copy of the photo, in linear light, as if it had been in front of the camera. The photo is
 * sharpened already, so what sharpening adds is worked out for the layer over an even surface: inside it and as the
 * rim that it leaves on the surface around.
 * @param window whole pixels inside the photo
 * @param layer premultiplied linear RGBA, `window.width × window.height × 4`
 */
export function blend(
  photo: Raster,
  window: Box,
  layer: Float32Array,
  around: Pick<Surroundings, 'noise' | 'sharpening'>,
  random: Random,
  { light, grain = 1, sharpen = true }: BlendOptions = {},
): Edit {
  const { width, height } = window;
  const change = new Float32Array(width * height * 3);
  for (let k = 0; k < width * height; k++) {
    const alpha = layer[k * 4 + 3]!;
    const kept = light ? light[k]! : 1;
    if (alpha < 0.002 && kept > 0.998) continue;
    const at = ((window.y + Math.floor(k / width)) * photo.width + window.x + (k % width)) * 3;
    for (let c = 0; c < 3; c++) {
      const surface = toLinear(photo.data[at + c]!) * kept;
      change[k * 3 + c] = fromLinear(layer[k * 4 + c]! + surface * (1 - alpha)) - photo.data[at + c]!;
    }
  }
  const rise = sharpen && around.sharpening > 0 ? sharpening(photo, window, layer, around.sharpening) : null;

  const data = new Uint8Array(photo.data); // not slice: a Buffer would share its memory
  const { noise } = around;
  const shiftX = random.integer(0, noise.side - 1);
  const shiftY = random.integer(0, noise.side - 1);
  const inside: Point[] = [];
  let difference = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const k = y * width + x;
      const alpha = layer[k * 4 + 3]!;
      const at = ((window.y + y) * photo.width + window.x + x) * 3;
      const n = (((y + shiftY) % noise.side) * noise.side + ((x + shiftX) % noise.side)) * 3;
      for (let c = 0; c < 3; c++) {
        const shown = photo.data[at + c]! + change[k * 3 + c]!;
        const value = shown + (rise ? rise[k]! : 0) + grain * alpha * noise.data[n + c]!;
        data[at + c] = Math.round(Math.min(255, Math.max(0, value)));
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

/** What an unsharp mask adds to the brightness of a layer that lies on the window's median surface, sRGB a pixel. */
function sharpening(photo: Raster, window: Box, layer: Float32Array, amount: number): Float32Array {
  const { width, height } = window;
  const surface = [0, 1, 2].map((c) => {
    const histogram = new Uint32Array(256);
    let n = 0;
    for (let k = 0; k < width * height; k++) {
      if (layer[k * 4 + 3]! > 0.01) continue;
      histogram[
        photo.data[((window.y + Math.floor(k / width)) * photo.width + window.x + (k % width)) * 3 + c]!
      ]!++;
      n++;
    }
    let value = 0;
    for (let sum = histogram[0]!; sum <= n / 2 && value < 255; ) sum += histogram[++value]!;
    return toLinear(value);
  });
  const level = new Float32Array(width * height);
  for (let k = 0; k < level.length; k++) {
    const share = 1 - layer[k * 4 + 3]!;
    const [r, g, b] = surface.map((light, c) => fromLinear(layer[k * 4 + c]! + light * share));
    level[k] = luma(r!, g!, b!);
  }
  const soft = gaussianBlur(level, width, height, 1, SHARPENING_SIGMA);
  return level.map((value, k) => amount * (value - soft[k]!));
}

/** CIELAB ΔE (1976) between two rasters at one place. */
function deltaE(before: Uint8Array, after: Uint8Array, at: number): number {
  const [l1, a1, b1] = labOf(before[at]!, before[at + 1]!, before[at + 2]!);
  const [l2, a2, b2] = labOf(after[at]!, after[at + 1]!, after[at + 2]!);
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

/** Mean CIELAB ΔE (1976) between two rasters of one size over a box, clipped to them; 0 where nothing is left. */
export function meanDeltaE(before: Raster, after: Raster, box: Box): number {
  const area = pixelBox(box, before.width, before.height);
  if (!area) return 0;
  let sum = 0;
  for (let y = area.y; y < area.y + area.height; y++) {
    for (let x = area.x; x < area.x + area.width; x++) {
      sum += deltaE(before.data, after.data, (y * before.width + x) * 3);
    }
  }
  return sum / (area.width * area.height);
}
