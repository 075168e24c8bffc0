// What the baselines share. Planes are Float32Array of width × height.
import { labOf } from '../../dist/selftest/colour.js';
import { gaussianBlur } from '../../dist/selftest/gaussianBlur.js';

/** CIELAB of an RGB raster, width × height × 3. */
export function labPlane({ data, width, height }) {
  const out = new Float32Array(width * height * 3);
  for (let k = 0; k < out.length; k += 3) out.set(labOf(data[k], data[k + 1], data[k + 2]), k);
  return out;
}

/** A copy of an RGB raster blurred by a Gaussian of `sigma` pixels. */
export function blurred(raster, sigma) {
  const soft = gaussianBlur(new Float32Array(raster.data), raster.width, raster.height, 3, sigma);
  const data = new Uint8Array(soft.length);
  for (let k = 0; k < soft.length; k++) data[k] = Math.round(soft[k]);
  return { ...raster, data };
}

/** Matches the photo's mean and spread of every channel to the reference's, over the mask. */
export function matchColour(photo, reference, mask) {
  const data = new Uint8Array(photo.data.length);
  for (let c = 0; c < 3; c++) {
    const a = moments(photo.data, mask, c);
    const b = moments(reference.data, mask, c);
    const gain = b.spread / Math.max(1, a.spread);
    for (let k = c; k < data.length; k += 3) {
      data[k] = Math.min(255, Math.max(0, Math.round((photo.data[k] - a.mean) * gain + b.mean)));
    }
  }
  return { ...photo, data };
}

function moments(data, mask, c) {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < mask.length; k++) {
    if (!mask[k]) continue;
    const value = data[k * 3 + c];
    n++;
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, n);
  return { mean, spread: Math.sqrt(Math.max(0, squares / Math.max(1, n) - mean * mean)) };
}

/** Binary opening (erode, dilate) or closing with a square of side 2·radius + 1. */
export function morph(on, width, height, radius, kind) {
  const order = kind === 'open' ? [0, 1] : [1, 0];
  return order.reduce((plane, value) => spread(plane, width, height, radius, value), on);
}

/** Grows the ones (`value` 1) or the zeros (`value` 0) by `radius`. */
function spread(on, width, height, radius, value) {
  const rows = on.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!!on[y * width + x] !== !!value) continue;
      rows.fill(value, y * width + Math.max(0, x - radius), y * width + Math.min(width, x + radius + 1));
    }
  }
  const out = rows.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!!rows[y * width + x] !== !!value) continue;
      for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++)
        out[v * width + x] = value;
    }
  }
  return out;
}
