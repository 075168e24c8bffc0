import type { Raster } from '../photo/index.js';

/** Steps of the weights between two pixels. */
const ONE = 256;
/** Half a step of the weights' product, so that values are rounded. */
const HALF = (ONE * ONE) / 2;

/**
 * Samples one row of a new picture out of another by bilinear interpolation. What lies beyond the picture is black,
 * also where the last pixel blends into it.
 * @param xs column in the picture for each pixel of the row, pixel centres on whole coordinates
 * @param ys row in the picture
 * @param into receives one value a channel and pixel, from `at` on
 */
export function sampleRow(
  picture: Raster,
  xs: Float32Array,
  ys: Float32Array,
  into: Uint8Array,
  at: number,
): void {
  if (picture.channels === 3) sampleColors(picture, xs, ys, into, at);
  else sampleGreys(picture, xs, ys, into, at);
}

function sampleColors(
  picture: Raster,
  xs: Float32Array,
  ys: Float32Array,
  into: Uint8Array,
  at: number,
): void {
  const { data, width, height } = picture;
  const stride = 3 * width;
  for (let k = 0, to = at; k < xs.length; k++, to += 3) {
    const x = xs[k]!;
    const y = ys[k]!;
    if (!(x >= 0 && y >= 0 && x < width - 1 && y < height - 1)) {
      for (let c = 0; c < 3; c++) into[to + c] = atEdge(picture, x, y, c);
      continue;
    }
    const left = x | 0;
    const top = y | 0;
    const fx = ((x - left) * ONE + 0.5) | 0;
    const fy = ((y - top) * ONE + 0.5) | 0;
    const w00 = (ONE - fx) * (ONE - fy);
    const w10 = fx * (ONE - fy);
    const w01 = (ONE - fx) * fy;
    const w11 = fx * fy;
    const p = top * stride + 3 * left;
    const q = p + stride;
    into[to] = (w00 * data[p]! + w10 * data[p + 3]! + w01 * data[q]! + w11 * data[q + 3]! + HALF) >> 16;
    into[to + 1] =
      (w00 * data[p + 1]! + w10 * data[p + 4]! + w01 * data[q + 1]! + w11 * data[q + 4]! + HALF) >> 16;
    into[to + 2] =
      (w00 * data[p + 2]! + w10 * data[p + 5]! + w01 * data[q + 2]! + w11 * data[q + 5]! + HALF) >> 16;
  }
}

function sampleGreys(
  picture: Raster,
  xs: Float32Array,
  ys: Float32Array,
  into: Uint8Array,
  at: number,
): void {
  const { data, width, height } = picture;
  for (let k = 0; k < xs.length; k++) {
    const x = xs[k]!;
    const y = ys[k]!;
    if (!(x >= 0 && y >= 0 && x < width - 1 && y < height - 1)) {
      into[at + k] = atEdge(picture, x, y, 0);
      continue;
    }
    const left = x | 0;
    const top = y | 0;
    const fx = ((x - left) * ONE + 0.5) | 0;
    const fy = ((y - top) * ONE + 0.5) | 0;
    const p = top * width + left;
    const q = p + width;
    into[at + k] =
      ((ONE - fy) * ((ONE - fx) * data[p]! + fx * data[p + 1]!) +
        fy * ((ONE - fx) * data[q]! + fx * data[q + 1]!) +
        HALF) >>
      16;
  }
}

/** One channel where not all four neighbours lie in the picture: those that do not are black. */
function atEdge({ data, width, height, channels }: Raster, x: number, y: number, channel: number): number {
  // Negated: positions beyond the horizon are no numbers.
  if (!(x > -1 && y > -1 && x < width && y < height)) return 0;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = x - left;
  const fy = y - top;
  let sum = 0.5;
  for (let dy = 0; dy <= 1; dy++) {
    for (let dx = 0; dx <= 1; dx++) {
      const column = left + dx;
      const row = top + dy;
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const weight = (dx === 1 ? fx : 1 - fx) * (dy === 1 ? fy : 1 - fy);
      sum += weight * data[(row * width + column) * channels + channel]!;
    }
  }
  return sum | 0;
}
