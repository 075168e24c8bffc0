import type { Raster } from '../photo/index.js';

/** How much fine detail two pictures of one place share. */
export interface SharedDetail {
  /** Correlation of what is a few pixels wide, over all that was compared: 1 the same, 0 nothing in common. */
  overall: number;
  columns: number;
  rows: number;
  /** Side of a cell in pixels. */
  cell: number;
  /** The same around each cell, row after row; NaN where the reference shows too little detail to tell. */
  around: Float32Array;
}

/** Side of the cells that sums are taken in, in pixels, and how many cells around one are taken together. */
export const DETAIL_CELL = 16;
const REACH = 4;
/** Standard deviation of the reference's detail, in grey levels, below which most of it may be noise: nothing to share. */
const LEAST_DETAIL = 9;

/**
 * Measures the correlation of both pictures in a band of detail about three to eight pixels wide. Blur and motion
 * take that band away, noise does not add to it, light and contrast do not matter, and where local alignment could
 * not follow, both pictures have different things in it. Plain sharpness, measured in one picture, takes noise
 * for detail.
 * @param reference grey
 * @param photo grey, laid onto it
 * @param where one byte a pixel, non-zero where both show the board
 */
export function measureSharedDetail(reference: Raster, photo: Raster, where: Uint8Array): SharedDetail {
  const { width, height } = reference;
  const CELL = DETAIL_CELL;
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const a = detailOf(reference);
  const b = detailOf(photo);
  // Per cell: products of both, squares of each, number of pixels.
  const sums = [0, 1, 2, 3].map(() => new Float64Array(columns * rows));
  const [both, ofA, ofB, count] = sums as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / CELL) * columns;
    for (let x = 0; x < width; x++) {
      const k = y * width + x;
      if (!where[k]) continue;
      const cell = row + Math.floor(x / CELL);
      both[cell]! += a[k]! * b[k]!;
      ofA[cell]! += a[k]! * a[k]!;
      ofB[cell]! += b[k]! * b[k]!;
      count[cell]!++;
    }
  }
  const total = sums.map((sum) => sum.reduce((all, value) => all + value, 0));
  const [nearBoth, nearA, nearB, nearCount] = sums.map((sum) => sumAround(sum, columns, rows));
  const around = new Float32Array(columns * rows);
  for (let k = 0; k < around.length; k++) {
    const enough = nearA![k]! >= LEAST_DETAIL ** 2 * nearCount![k]! && nearCount![k]! > CELL * CELL;
    around[k] = enough ? correlation(nearBoth![k]!, nearA![k]!, nearB![k]!) : Number.NaN;
  }
  return { overall: correlation(total[0]!, total[1]!, total[2]!), columns, rows, cell: CELL, around };
}

function correlation(both: number, a: number, b: number): number {
  return a > 0 && b > 0 ? both / Math.sqrt(a * b) : 0;
}

/** A grey picture between two blurs: its mean over 3×3 pixels, minus the mean of that over 5×5. */
function detailOf({ data, width, height }: Raster): Float32Array {
  const fine = meanOver(Float32Array.from(data), width, height, 1);
  const coarse = meanOver(fine, width, height, 2);
  for (let k = 0; k < fine.length; k++) fine[k]! -= coarse[k]!;
  return fine;
}

/** Mean over a square of 2 · radius + 1, the border repeated. */
function meanOver(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const across = new Float32Array(values.length);
  const out = new Float32Array(values.length);
  const share = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) slide(values, across, y * width, 1, width, radius, share);
  for (let x = 0; x < width; x++) slide(across, out, x, width, height, radius, share);
  return out;
}

/** Running mean along one row or column. */
function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
  share: number,
): void {
  const last = length - 1;
  let sum = (radius + 1) * from[start]!;
  for (let k = 1; k <= radius; k++) sum += from[start + Math.min(k, last) * step]!;
  for (let k = 0; k < length; k++) {
    to[start + k * step] = sum * share;
    sum +=
      from[start + Math.min(k + radius + 1, last) * step]! - from[start + Math.max(k - radius, 0) * step]!;
  }
}

/** Sum over each cell and those at most {@link REACH} away. */
function sumAround(values: Float64Array, columns: number, rows: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (let j = Math.max(0, y - REACH); j <= Math.min(rows - 1, y + REACH); j++) {
        for (let i = Math.max(0, x - REACH); i <= Math.min(columns - 1, x + REACH); i++) {
          sum += values[j * columns + i]!;
        }
      }
      out[y * columns + x] = sum;
    }
  }
  return out;
}
