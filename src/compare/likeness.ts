import type { Raster } from '../photo/index.js';
import { CELL, measureLight } from './light.js';

/** Cells around one that are taken together: about a small chip, and about what blur is judged by. */
const NEAR = 1;
const WIDE = 4;
/** Correlation of fine detail from which a cell certainly shows the same in both. */
const TRUSTED = 0.5;
/** Coarse structure is looked at in a picture so many times smaller, within so many cells. */
const SHRINK = 4;
const COARSE = 2;
const ASIDE = 10;
/** Standard deviation of the reference's fine detail, in grey levels, below which most of it may be noise: nothing to share. */
const LEAST_DETAIL = 9;
/** The same of its coarse structure. */
const LEAST_STRUCTURE = 6;

/** Mean gradient of the reference, grey levels over two pixels, below which there is nothing that motion could take. */
const LEAST_GRADIENT = 7;

/** Two pictures of one place, compared cell by cell, row after row. NaN where the reference shows too little to tell. */
export interface Likeness {
  columns: number;
  rows: number;
  /** Correlation of fine detail over all that was compared: 1 the same, 0 nothing in common. */
  overall: number;
  /** The same near each cell (48 px), and in a wider surrounding (144 px). */
  near: Float32Array;
  wide: Float32Array;
  /**
   * Gradients that the photo has left in the direction in which fewest are left, against the direction in which most are:
   * 1 as many in both, 0 none. Motion takes them away along its path and leaves those across it. In the wider surrounding;
   * NaN where the reference has next to none in one of the directions.
   */
  evenness: Float32Array;
  /** Gradients that the photo has left in the direction in which most are left, against what it has left elsewhere: 1 as many. */
  edges: Float32Array;
  /** Correlation of what is some 10 to 50 px wide (within 80 px). */
  coarse: Float32Array;
  /** The same at its best when the photo is looked at up to 40 px beside the place: parallax that alignment left. */
  elsewhere(cell: number): number;
  /** Contrast that the photo has left of the reference's detail, against what it has left elsewhere: 1 as much. */
  contrast: Float32Array;
  /** Detail of its own that the photo shows there, as a share of the reference's, against what it has elsewhere. */
  detail: Float32Array;
  /** Grey levels that the photo is brighter than its light makes the reference there; never NaN. */
  brighter: Float32Array;
  /** Grey level of the photo; never NaN. */
  level: Float32Array;
  /** Distance of colours apart from brightness, 0 none to about 1; never NaN. */
  colour: Float32Array;
}

/**
 * Measures how like two pictures of one place are. The correlation of a band of detail about three to eight pixels wide
 * carries most of it: blur and motion take that band away, noise does not add to it, light and contrast do not
 * matter, and where local alignment could not follow, or something lies over the board, both pictures have different
 * things in it. Plain sharpness, measured in one picture, takes noise for detail.
 * @param reference RGB
 * @param photo RGB, laid onto it
 * @param where one byte a pixel, non-zero where both show the board
 */
export function measureLikeness(reference: Raster, photo: Raster, where: Uint8Array): Likeness {
  const { width, height } = reference;
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const greys = [reference, photo].map(greyOf) as [Float32Array, Float32Array];
  const fine = sumsOf(
    greys.map((grey) => band(grey, width, height, 1, 2)) as [Float32Array, Float32Array],
    where,
    width,
    CELL,
  );
  const all = total(fine);
  const near = around(fine, columns, rows, NEAR);
  const wide = around(fine, columns, rows, WIDE);

  const small = { width: Math.ceil(width / SHRINK), height: Math.ceil(height / SHRINK) };
  const structure = greys
    .map((grey) => meanOfBlocks(grey, width, height))
    .map((grey) => band(grey, small.width, small.height, 1, 6)) as [Float32Array, Float32Array];
  const coarse = around(
    sumsOf(structure, takeEvery(where, width, height), small.width, CELL / SHRINK),
    columns,
    rows,
    COARSE,
  );
  const enough = (sums: Sums, k: number, least: number, pixels: number) =>
    sums.aa[k]! >= least ** 2 * sums.count[k]! && sums.count[k]! > pixels;
  const map = (of: (k: number) => number) => Float32Array.from({ length: columns * rows }, (_, k) => of(k));
  const detailed = map((k) => (enough(near, k, LEAST_DETAIL, CELL * CELL) ? 1 : 0));
  const gain = map((k) => (detailed[k] ? near.ab[k]! / near.aa[k]! : Number.NaN));
  const energy = map((k) => (detailed[k] ? Math.sqrt(near.bb[k]! / near.aa[k]!) : Number.NaN));
  const usualGain = Math.max(1e-3, medianOf(gain));
  const usualEnergy = Math.max(1e-3, medianOf(energy));
  const likeness = {
    columns,
    rows,
    overall: correlation(all.ab[0]!, all.aa[0]!, all.bb[0]!),
    near: map((k) => (detailed[k] ? correlation(near.ab[k]!, near.aa[k]!, near.bb[k]!) : Number.NaN)),
    wide: map((k) =>
      enough(wide, k, LEAST_DETAIL, CELL * CELL)
        ? correlation(wide.ab[k]!, wide.aa[k]!, wide.bb[k]!)
        : Number.NaN,
    ),
    ...gradientsLeft(greys, where, width, columns, rows),
    coarse: map((k) =>
      enough(coarse, k, LEAST_STRUCTURE, (CELL / SHRINK) ** 2)
        ? correlation(coarse.ab[k]!, coarse.aa[k]!, coarse.bb[k]!)
        : Number.NaN,
    ),
    elsewhere: (cell: number) => bestBeside(structure, small, cell % columns, Math.floor(cell / columns)),
    contrast: gain.map((value) => value / usualGain),
    detail: energy.map((value) => value / usualEnergy),
  };
  // The light is measured where both certainly show the same.
  const trusted = likeness.near.map((value) => (value > TRUSTED ? 1 : 0));
  return { ...likeness, ...measureLight(reference, photo, where, columns, trusted) };
}

/** Sums of products of two pictures, cell by cell. */
interface Sums {
  ab: Float64Array;
  aa: Float64Array;
  bb: Float64Array;
  count: Float64Array;
}

function sumsOf([a, b]: [Float32Array, Float32Array], where: Uint8Array, width: number, cell: number): Sums {
  const height = a.length / width;
  const columns = Math.ceil(width / cell);
  const cells = columns * Math.ceil(height / cell);
  const [ab, aa, bb, count] = Array.from({ length: 4 }, () => new Float64Array(cells)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    for (let x = 0; x < width; x++) {
      const k = y * width + x;
      if (where[k] === 0) continue;
      const at = row + Math.floor(x / cell);
      ab[at]! += a[k]! * b[k]!;
      aa[at]! += a[k]! * a[k]!;
      bb[at]! += b[k]! * b[k]!;
      count[at]!++;
    }
  }
  return { ab, aa, bb, count };
}

/** Share of the reference's gradients that the direction with fewer of them must have. */
const LEAST_ACROSS = 0.15;

/**
 * What the photo has left of the reference's gradients: the generalised eigenvalues of its structure tensor against the
 * reference's are the shares of gradient energy left in the direction that lost most and in the one that lost least.
 * Source: structure tensors, Förstner and Gülch, A fast operator for detection and precise location of distinct points,
 * corners and centres of circular features, ISPRS Intercommission Workshop, 1987.
 */
function gradientsLeft(
  [a, b]: [Float32Array, Float32Array],
  where: Uint8Array,
  width: number,
  columns: number,
  rows: number,
): Pick<Likeness, 'evenness' | 'edges'> {
  const [ref, photo] = [a, b].map((grey) =>
    tensors(meanOver(grey, width, grey.length / width, 1), where, width, columns, rows),
  ) as [Tensors, Tensors];
  const evenness = new Float32Array(columns * rows).fill(Number.NaN);
  const edges = evenness.slice();
  for (let k = 0; k < evenness.length; k++) {
    const [p, q, r] = [ref.xx[k]!, ref.xy[k]!, ref.yy[k]!];
    const [u, v, w] = [photo.xx[k]!, photo.xy[k]!, photo.yy[k]!];
    const det = p * r - q * q;
    if (p + r < LEAST_GRADIENT ** 2 * ref.count[k]! || smallerShare(p, r, det) < LEAST_ACROSS) continue;
    // Eigenvalues of ref⁻¹ · photo.
    const half = (r * u - 2 * q * v + p * w) / (2 * det);
    const root = Math.sqrt(Math.max(0, half * half - (u * w - v * v) / det));
    edges[k] = Math.sqrt(half + root);
    evenness[k] = half + root > 0 ? Math.max(0, half - root) / (half + root) : 0;
  }
  const usual = Math.max(1e-3, medianOf(edges));
  return { evenness, edges: edges.map((value) => value / usual) };
}

/** The smaller eigenvalue of a symmetric matrix, by the sum of both. */
function smallerShare(xx: number, yy: number, det: number): number {
  const sum = xx + yy;
  return sum > 0 ? 0.5 - Math.sqrt(Math.max(0, 0.25 - det / (sum * sum))) : 0;
}

/** Sums of products of a picture's gradients over each cell's wider surrounding. */
interface Tensors {
  xx: Float64Array;
  xy: Float64Array;
  yy: Float64Array;
  count: Float64Array;
}

function tensors(
  grey: Float32Array,
  where: Uint8Array,
  width: number,
  columns: number,
  rows: number,
): Tensors {
  const dx = new Float32Array(grey.length);
  const dy = new Float32Array(grey.length);
  for (let k = width + 1; k < grey.length - width - 1; k++) {
    // Beyond the board there is nothing to compare: an edge to it is none of the board's.
    if (!where[k - 1] || !where[k + 1] || !where[k - width] || !where[k + width]) continue;
    dx[k] = grey[k + 1]! - grey[k - 1]!;
    dy[k] = grey[k + width]! - grey[k - width]!;
  }
  const { ab, aa, bb, count } = around(sumsOf([dx, dy], where, width, CELL), columns, rows, WIDE);
  return { xx: aa, xy: ab, yy: bb, count };
}

function total(sums: Sums): Sums {
  const one = (values: Float64Array) => Float64Array.of(values.reduce((sum, value) => sum + value, 0));
  return { ab: one(sums.ab), aa: one(sums.aa), bb: one(sums.bb), count: one(sums.count) };
}

/** Sums over each cell and those at most `reach` away, by an integral image. */
function around(sums: Sums, columns: number, rows: number, reach: number): Sums {
  const one = (values: Float64Array) => {
    const wide = columns + 1;
    const integral = new Float64Array(wide * (rows + 1));
    for (let y = 0; y < rows; y++) {
      let line = 0;
      for (let x = 0; x < columns; x++) {
        line += values[y * columns + x]!;
        integral[(y + 1) * wide + x + 1] = integral[y * wide + x + 1]! + line;
      }
    }
    return values.map((_, k) => {
      const x = k % columns;
      const y = (k - x) / columns;
      const [x0, x1] = [Math.max(0, x - reach), Math.min(columns, x + reach + 1)];
      const [y0, y1] = [Math.max(0, y - reach) * wide, Math.min(rows, y + reach + 1) * wide];
      return integral[y1 + x1]! - integral[y1 + x0]! - integral[y0 + x1]! + integral[y0 + x0]!;
    });
  };
  return { ab: one(sums.ab), aa: one(sums.aa), bb: one(sums.bb), count: one(sums.count) };
}

function correlation(ab: number, aa: number, bb: number): number {
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

/** The best correlation of the surroundings of a cell with the photo moved by up to {@link ASIDE} blocks. */
function bestBeside(
  [a, b]: [Float32Array, Float32Array],
  { width, height }: { width: number; height: number },
  column: number,
  row: number,
): number {
  const side = CELL / SHRINK;
  const left = Math.max(0, (column - COARSE) * side);
  const right = Math.min(width, (column + COARSE + 1) * side);
  const top = Math.max(0, (row - COARSE) * side);
  const bottom = Math.min(height, (row + COARSE + 1) * side);
  let best = -1;
  for (let dy = -ASIDE; dy <= ASIDE; dy++) {
    for (let dx = -ASIDE; dx <= ASIDE; dx++) {
      let [ab, aa, bb] = [0, 0, 0];
      for (let y = Math.max(top, -dy); y < Math.min(bottom, height - dy); y++) {
        for (let x = Math.max(left, -dx); x < Math.min(right, width - dx); x++) {
          const p = a[y * width + x]!;
          const q = b[(y + dy) * width + x + dx]!;
          ab += p * q;
          aa += p * p;
          bb += q * q;
        }
      }
      best = Math.max(best, correlation(ab, aa, bb));
    }
  }
  return best;
}

function greyOf({ data, width, height }: Raster): Float32Array {
  const grey = new Float32Array(width * height);
  for (let k = 0; k < grey.length; k++) {
    grey[k] = 0.299 * data[3 * k]! + 0.587 * data[3 * k + 1]! + 0.114 * data[3 * k + 2]!;
  }
  return grey;
}

/** Means over blocks of {@link SHRINK}². */
function meanOfBlocks(values: Float32Array, width: number, height: number): Float32Array {
  const columns = Math.ceil(width / SHRINK);
  const out = new Float32Array(columns * Math.ceil(height / SHRINK));
  const count = new Uint8Array(out.length);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / SHRINK) * columns;
    for (let x = 0; x < width; x++) {
      const at = row + Math.floor(x / SHRINK);
      out[at]! += values[y * width + x]!;
      count[at]!++;
    }
  }
  for (let k = 0; k < out.length; k++) out[k]! /= count[k]!;
  return out;
}

/** A mask in the size of {@link meanOfBlocks}: the middle pixel of each block. */
function takeEvery(mask: Uint8Array, width: number, height: number): Uint8Array {
  const columns = Math.ceil(width / SHRINK);
  const out = new Uint8Array(columns * Math.ceil(height / SHRINK));
  for (let k = 0; k < out.length; k++) {
    const x = Math.min(width - 1, (k % columns) * SHRINK + SHRINK / 2);
    const y = Math.min(height - 1, Math.floor(k / columns) * SHRINK + SHRINK / 2);
    out[k] = mask[y * width + x]!;
  }
  return out;
}

/** A picture between two blurs: its mean over squares of 2 · fine + 1, minus the mean of that over 2 · coarse + 1. */
function band(
  values: Float32Array,
  width: number,
  height: number,
  fine: number,
  coarse: number,
): Float32Array {
  const sharp = meanOver(values, width, height, fine);
  const soft = meanOver(sharp, width, height, coarse);
  for (let k = 0; k < sharp.length; k++) sharp[k]! -= soft[k]!;
  return sharp;
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
  let sum = 0;
  for (let k = -radius; k <= radius; k++) sum += from[start + Math.min(last, Math.max(0, k)) * step]!;
  for (let k = 0; k < length; k++) {
    to[start + k * step] = sum * share;
    sum +=
      from[start + Math.min(k + radius + 1, last) * step]! - from[start + Math.max(k - radius, 0) * step]!;
  }
}

/** Median of the finite values; 1 where there are none, for ratios. */
function medianOf(values: Float32Array): number {
  const finite = values.filter(Number.isFinite).sort();
  return finite.length === 0 ? 1 : finite[Math.floor(finite.length / 2)]!;
}
