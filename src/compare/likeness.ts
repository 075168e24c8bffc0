import type { Raster } from '../photo/index.js';
import { bandBelow, greyOf, meanOfBlocks, meanOver, SHRINK, takeEvery } from './bands.js';
import { around, correlation, type Sums, sumsOf, total, without } from './cellSums.js';
import { gradientsLeft, tensorsOf } from './gradientsLeft.js';
import { CELL, measureLight } from './light.js';
import { findOccluders } from './occluders.js';

/** Cells around one that are taken together: about a small chip, and about what blur is judged by. */
const NEAR = 1;
const WIDE = 4;
/** Correlation of fine detail from which a cell certainly shows the same in both. */
const TRUSTED = 0.5;
/** Coarse structure is looked at within so many cells. */
const COARSE = 2;
const ASIDE = 10;
/** Standard deviation of the reference's fine detail, in grey levels, below which most of it may be noise: nothing to share. */
const LEAST_DETAIL = 9;
/** The same of its coarse structure. */
const LEAST_STRUCTURE = 6;

/** Surroundings in which gradients are looked at, cells around one: 48, 80 and 144 px. */
const GRADIENTS = [1, 2, 4];

/** Two pictures of one place, compared cell by cell, row after row. NaN where the reference shows too little to tell. */
export interface Likeness {
  columns: number;
  rows: number;
  /** Correlation of fine detail over all that was compared: 1 the same, 0 nothing in common. */
  overall: number;
  /** The same in each cell alone, near it (48 px), and in a wider surrounding (144 px). */
  own: Float32Array;
  near: Float32Array;
  wide: Float32Array;
  /**
   * Gradients that the photo has left in the direction in which fewest are left, against what it has left elsewhere: 1 as
   * many, 0 none. Bad focus takes them in all directions, motion along its path. In the narrowest of some surroundings that
   * tells anything; NaN where none does.
   */
  left: Float32Array;
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
  /** What lies over the board, one byte a block of {@link SHRINK}² (see occluders.ts), and the cells that it takes away. */
  blocks: Uint8Array;
  hidden: Uint8Array;
}

/**
 * Measures how like two pictures of one place are. The correlation of a band of detail about three to eight pixels wide
 * carries most of it: blur and motion take that band away, noise does not add to it, light and contrast do not
 * matter, and where local alignment could not follow, or something lies over the board, both pictures have different
 * things in it. Plain sharpness, measured in one picture, takes noise for detail. What lies over the board says nothing of
 * what is beside it: it is found first, and left out of everything else.
 * @param reference RGB
 * @param photo RGB, laid onto it
 * @param where one byte a pixel, non-zero where both show the board
 * @param inFrame the same where the photo has pixels, on the board and beyond. Default: everywhere
 */
export function measureLikeness(
  reference: Raster,
  photo: Raster,
  where: Uint8Array,
  inFrame: Uint8Array = new Uint8Array(where.length).fill(1),
): Likeness {
  const { width, height } = reference;
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const greys = pair([reference, photo], greyOf);
  const sharp = pair(greys, (grey) => meanOver(grey, width, height, 1));
  const everything = sumsOf(
    pair(sharp, (grey) => bandBelow(grey, width, height, 2)),
    where,
    width,
    CELL,
  );
  const map = (of: (k: number) => number) => Float32Array.from({ length: columns * rows }, (_, k) => of(k));
  const shared = (sums: Sums) => map((k) => (detailed(sums, k) ? correlationAt(sums, k) : Number.NaN));

  // The light is measured where both certainly show the same.
  const trusted = shared(around(everything, columns, rows, NEAR)).map((value) => (value > TRUSTED ? 1 : 0));
  const { light, ...lit } = measureLight(reference, photo, where, columns, trusted);
  const blocks = findOccluders(reference, photo, where, inFrame, light, trusted);
  const hidden = hiddenCells(blocks, width, height);

  const fine = without(everything, hidden);
  const near = around(fine, columns, rows, NEAR);
  const wide = around(fine, columns, rows, WIDE);
  const gain = map((k) => (detailed(near, k) ? near.ab[k]! / near.aa[k]! : Number.NaN));
  const energy = map((k) => (detailed(near, k) ? Math.sqrt(near.bb[k]! / near.aa[k]!) : Number.NaN));

  const small = { width: Math.ceil(width / SHRINK), height: Math.ceil(height / SHRINK) };
  const structure = pair(greys, (grey) =>
    bandBelow(
      meanOver(meanOfBlocks(grey, width, height), small.width, small.height, 1),
      small.width,
      small.height,
      6,
    ),
  );
  const shown = takeEvery(where, width, height);
  for (let k = 0; k < shown.length; k++) if (blocks[k]) shown[k] = 0;
  const coarse = around(sumsOf(structure, shown, small.width, CELL / SHRINK), columns, rows, COARSE);
  const tensors = pair(sharp, (grey) => without(tensorsOf(grey, where, width), hidden));
  return {
    columns,
    rows,
    overall: correlationAt(total(fine), 0),
    own: map((k) => (enough(fine, k, LEAST_DETAIL, (CELL * CELL) / 2) ? correlationAt(fine, k) : Number.NaN)),
    near: shared(near),
    wide: shared(wide),
    left: leftAt(GRADIENTS.map((reach) => gradientsLeft(tensors, columns, rows, reach).least)),
    coarse: map((k) =>
      enough(coarse, k, LEAST_STRUCTURE, (CELL / SHRINK) ** 2) ? correlationAt(coarse, k) : Number.NaN,
    ),
    elsewhere: (cell: number) => bestBeside(structure, small, cell % columns, Math.floor(cell / columns)),
    contrast: relative(gain),
    detail: relative(energy),
    ...lit,
    blocks,
    hidden,
  };
}

function pair<T, U>([a, b]: readonly [T, T], of: (value: T) => U): [U, U] {
  return [of(a), of(b)];
}

/** Whether the reference shows enough in a cell's surroundings, of which enough is to be seen. */
function enough(sums: Sums, k: number, least: number, pixels: number): boolean {
  return sums.aa[k]! >= least ** 2 * sums.count[k]! && sums.count[k]! > pixels;
}

const detailed = (sums: Sums, k: number) => enough(sums, k, LEAST_DETAIL, CELL * CELL);

const correlationAt = ({ ab, aa, bb }: Sums, k: number) => correlation(ab[k]!, aa[k]!, bb[k]!);

/** Against what is usual in the photo. */
function relative(values: Float32Array): Float32Array {
  const usual = Math.max(1e-3, medianOf(values));
  return values.map((value) => value / usual);
}

/** What the narrowest surroundings that tell anything say. @param measured by each reach, narrowest first */
function leftAt(measured: readonly Float32Array[]): Float32Array {
  const all = measured.map(relative);
  return all[0]!.map((_, k) => all.find((values) => !Number.isNaN(values[k]!))?.[k] ?? Number.NaN);
}

/** Cells of which a quarter and more is covered. */
function hiddenCells(blocks: Uint8Array, width: number, height: number): Uint8Array {
  const columns = Math.ceil(width / CELL);
  const count = new Uint8Array(columns * Math.ceil(height / CELL));
  const perRow = Math.ceil(width / SHRINK);
  const side = CELL / SHRINK;
  for (let k = 0; k < blocks.length; k++) {
    const [x, y] = [k % perRow, Math.floor(k / perRow)];
    if (blocks[k]) count[Math.floor(y / side) * columns + Math.floor(x / side)]!++;
  }
  return count.map((value) => (4 * value >= side * side ? 1 : 0));
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

/** Median of the finite values; 1 where there are none, for ratios. */
function medianOf(values: Float32Array): number {
  const finite = values.filter(Number.isFinite).sort();
  return finite.length === 0 ? 1 : finite[Math.floor(finite.length / 2)]!;
}
