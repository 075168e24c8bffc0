import { maskedBoxMean } from './boxFilter.js';
import type { Planes } from './planes.js';

/** Light is compared on a grid of this many pixels. */
const GRID = 8;
/** Radius of the window that light is taken to be even in, as a share of the frame's longer side. */
const WINDOW = 0.045;
/** Contrast is matched within these factors; beyond them it is the board that differs, not the light. */
const GAIN_LIMITS = [0.5, 2] as const;

/**
 * Brings the photo's light to the reference's: in a window around each place, both have the same mean and the same
 * spread in every plane. Changes `photo` in place.
 * @param mask one byte a pixel, non-zero where both show the board
 */
export function matchLight(reference: Planes, photo: Planes, mask: Uint8Array): void {
  const { width, height } = reference;
  const columns = Math.ceil(width / GRID);
  const rows = Math.ceil(height / GRID);
  const radius = Math.max(3, Math.round((WINDOW * Math.max(width, height)) / GRID));
  const weights = gridMean(Float32Array.from(mask), width, height, columns, rows);
  for (let plane = 0; plane < 3; plane++) {
    const target = statistics(reference.planes[plane]!, mask, weights, width, height, columns, rows, radius);
    const source = statistics(photo.planes[plane]!, mask, weights, width, height, columns, rows, radius);
    const gain = new Float32Array(columns * rows);
    const offset = new Float32Array(columns * rows);
    for (let k = 0; k < gain.length; k++) {
      // The added constant keeps flat, noisy places from being stretched.
      const factor = (target.spread[k]! + 2) / (source.spread[k]! + 2);
      gain[k] = Math.min(GAIN_LIMITS[1], Math.max(GAIN_LIMITS[0], factor));
      offset[k] = target.mean[k]! - gain[k]! * source.mean[k]!;
    }
    apply(photo.planes[plane]!, gain, offset, width, height, columns, rows);
  }
}

function statistics(
  plane: Float32Array,
  mask: Uint8Array,
  weights: Float32Array,
  width: number,
  height: number,
  columns: number,
  rows: number,
  radius: number,
): { mean: Float32Array; spread: Float32Array } {
  const sums = new Float32Array(plane.length);
  const squares = new Float32Array(plane.length);
  for (let k = 0; k < plane.length; k++) {
    if (mask[k] === 0) continue;
    sums[k] = plane[k]!;
    squares[k] = plane[k]! * plane[k]!;
  }
  const cellMean = divide(gridMean(sums, width, height, columns, rows), weights);
  const cellSquare = divide(gridMean(squares, width, height, columns, rows), weights);
  const mean = maskedBoxMean(cellMean, weights, columns, rows, radius);
  const square = maskedBoxMean(cellSquare, weights, columns, rows, radius);
  const spread = square.map((value, k) => Math.sqrt(Math.max(0, value - mean[k]! * mean[k]!)));
  return { mean, spread };
}

function divide(values: Float32Array, weights: Float32Array): Float32Array {
  return values.map((value, k) => (weights[k]! > 1e-6 ? value / weights[k]! : 0));
}

/** Mean of each GRID × GRID cell. */
function gridMean(
  plane: Float32Array,
  width: number,
  height: number,
  columns: number,
  rows: number,
): Float32Array {
  const cells = new Float32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / GRID) * columns;
    for (let x = 0; x < width; x++) cells[row + (x >> 3)]! += plane[y * width + x]!;
  }
  for (let k = 0; k < cells.length; k++) cells[k]! /= GRID * GRID;
  return cells;
}

/** `plane · gain + offset` with both interpolated bilinearly between cell centres. */
function apply(
  plane: Float32Array,
  gain: Float32Array,
  offset: Float32Array,
  width: number,
  height: number,
  columns: number,
  rows: number,
): void {
  for (let y = 0; y < height; y++) {
    const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / GRID - 0.5));
    const row = Math.min(rows - 2, Math.floor(v));
    const fv = v - row;
    for (let x = 0; x < width; x++) {
      const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / GRID - 0.5));
      const column = Math.min(columns - 2, Math.floor(u));
      const fu = u - column;
      const k = row * columns + column;
      const g =
        (1 - fv) * ((1 - fu) * gain[k]! + fu * gain[k + 1]!) +
        fv * ((1 - fu) * gain[k + columns]! + fu * gain[k + columns + 1]!);
      const o =
        (1 - fv) * ((1 - fu) * offset[k]! + fu * offset[k + 1]!) +
        fv * ((1 - fu) * offset[k + columns]! + fu * offset[k + columns + 1]!);
      plane[y * width + x] = plane[y * width + x]! * g + o;
    }
  }
}
