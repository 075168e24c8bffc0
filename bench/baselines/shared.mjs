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

/**
 * Connected regions (8 neighbours) where `on` is non-zero, with their box, area and the mean and peak of `strength`.
 */
export function components(on, strength, width, height, minArea) {
  const seen = new Uint8Array(on.length);
  const stack = [];
  const found = [];
  for (let start = 0; start < on.length; start++) {
    if (!on[start] || seen[start]) continue;
    stack.push(start);
    seen[start] = 1;
    let [left, top, right, bottom, area, sum, peak] = [width, height, 0, 0, 0, 0, 0];
    while (stack.length) {
      const k = stack.pop();
      const x = k % width;
      const y = (k - x) / width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      area++;
      sum += strength[k];
      peak = Math.max(peak, strength[k]);
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const nx = x + dx;
          const ny = y + dy;
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
          const n = ny * width + nx;
          if (!on[n] || seen[n]) continue;
          seen[n] = 1;
          stack.push(n);
        }
      }
    }
    if (area < minArea) continue;
    const box = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
    found.push({ box, area, mean: sum / area, peak });
  }
  return found;
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
