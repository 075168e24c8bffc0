import { solveLinear } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';

/** Side of the cells that pictures are compared in, in pixels. */
export const CELL = 16;
/** Channel means below which a ratio of two says nothing. */
const DARK = 12;
/** Cells that a surface with six coefficients needs. */
const LEAST_CELLS = 24;

/** What the light of a photo makes of a channel of the reference at a pixel: a factor. */
export type Light = (channel: number, x: number, y: number) => number;

/**
 * Brightness and colour of a photo, cell by cell, against what its light makes of the reference. The light is a smooth
 * surface over the board: the logarithm of each channel's ratio, quadratic in x and y, by least squares where both are
 * known to show the same.
 * @param reference RGB
 * @param photo RGB, laid onto it
 * @param where one byte a pixel, non-zero where both show the board
 * @param columns cells a row
 * @param trusted one number a cell, non-zero where both show the same
 */
export function measureLight(
  reference: Raster,
  photo: Raster,
  where: Uint8Array,
  columns: number,
  trusted: ArrayLike<number>,
): { brighter: Float32Array; level: Float32Array; colour: Float32Array; light: Light } {
  const cells = trusted.length;
  const rows = cells / columns;
  const { count, means } = cellMeans([reference, photo], where, columns, rows);
  const [ours, theirs] = means as [Float32Array[], Float32Array[]];
  const surfaces = ours.map((channel, c) => {
    const ratio = channel.map((value, k) =>
      count[k]! > 0 && value > DARK && theirs[c]![k]! > DARK ? Math.log(theirs[c]![k]! / value) : Number.NaN,
    );
    return smoothSurface(ratio, columns, trusted).map(Math.exp);
  });
  const brighter = new Float32Array(cells);
  const level = new Float32Array(cells);
  const colour = new Float32Array(cells);
  for (let k = 0; k < cells; k++) {
    const expected = [0, 1, 2].map((c) => ours[c]![k]! * surfaces[c]![k]!);
    const seen = [0, 1, 2].map((c) => theirs[c]![k]!);
    const [sumExpected, sumSeen] = [expected, seen].map(([r, g, b]) => r! + g! + b!) as [number, number];
    level[k] = sumSeen / 3;
    brighter[k] = (sumSeen - sumExpected) / 3;
    // Shares of the channels; near black they mean nothing.
    colour[k] =
      Math.min(sumExpected, sumSeen) < 5 * DARK
        ? 0
        : Math.hypot(...expected.map((value, c) => value / sumExpected - seen[c]! / sumSeen));
  }
  const light: Light = (channel, x, y) =>
    surfaces[channel]![Math.floor(y / CELL) * columns + Math.floor(x / CELL)]!;
  return { brighter, level, colour, light };
}

/** Mean colour of the cells of pictures, channel by channel. */
function cellMeans(pictures: readonly Raster[], where: Uint8Array, columns: number, rows: number) {
  const { width, height } = pictures[0]!;
  const sums = pictures.map(() => [0, 1, 2].map(() => new Float32Array(columns * rows)));
  const count = new Float32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / CELL) * columns;
    for (let x = 0; x < width; x++) {
      const k = y * width + x;
      if (where[k] !== 0) count[row + Math.floor(x / CELL)]!++;
    }
  }
  for (const [n, { data }] of pictures.entries()) {
    const [red, green, blue] = sums[n] as [Float32Array, Float32Array, Float32Array];
    for (let y = 0; y < height; y++) {
      const row = Math.floor(y / CELL) * columns;
      for (let x = 0, p = 3 * y * width; x < width; x++, p += 3) {
        if (where[y * width + x] === 0) continue;
        const at = row + Math.floor(x / CELL);
        red[at]! += data[p]!;
        green[at]! += data[p + 1]!;
        blue[at]! += data[p + 2]!;
      }
    }
  }
  return {
    count,
    means: sums.map((channels) =>
      channels.map((sum) => sum.map((value, k) => value / Math.max(1, count[k]!))),
    ),
  };
}

/** A quadratic surface through the trusted ones of some values; flat at their mean where they are few. */
function smoothSurface(values: Float32Array, columns: number, trusted: ArrayLike<number>): Float32Array {
  const rows = values.length / columns;
  const terms = (k: number) => {
    const x = (2 * (k % columns)) / columns - 1;
    const y = (2 * Math.floor(k / columns)) / rows - 1;
    return [1, x, y, x * x, x * y, y * y];
  };
  const used = Array.from(values.keys()).filter((k) => trusted[k] && Number.isFinite(values[k]));
  const of = used.length >= LEAST_CELLS ? 6 : 1;
  if (used.length === 0) return new Float32Array(values.length);
  // Normal equations, the right-hand side last.
  const equations = Array.from({ length: of }, () => new Array<number>(of + 1).fill(0));
  for (const k of used) {
    const t = terms(k);
    for (let i = 0; i < of; i++) {
      equations[i]![of]! += t[i]! * values[k]!;
      for (let j = 0; j < of; j++) equations[i]![j]! += t[i]! * t[j]!;
    }
  }
  // A hair of damping keeps cells that lie in one line from leaving it without a solution.
  for (let i = 1; i < of; i++) equations[i]![i]! += 1e-3 * used.length;
  const surface = solveLinear(equations, 0);
  return values.map((_, k) =>
    terms(k)
      .slice(0, of)
      .reduce((sum, t, i) => sum + t * (surface?.[i] ?? 0), 0),
  );
}
