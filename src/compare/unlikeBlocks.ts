import { solveLinear } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { SHRINK } from './bands.js';
import { CELL, type Light } from './light.js';

/** Grey levels beyond all that the golden photo shows within a block's reach from which a block is of something else. */
const UNLIKE = 18;
/** The same as a share of what it shows: bright surfaces differ more. */
const UNLIKE_SHARE = 0.1;
/** The margin by what nineteen in twenty of the blocks that certainly show the same differ by. */
const USUAL = 1.3;
/** Share of the blocks that must certainly show the same for the photo's colours to be known. */
const LEAST_SURE = 0.04;
/** Blocks around one in which the golden photo may show the same: what alignment leaves, and a part's rim. */
const REACH = 2;
/** The same of one surface in two shots, one shaded. */
const ONE_SURFACE = 0.6;
const ONE_SHARE = 0.04;

/** The blocks in cells that certainly show the same. */
export function sureBlocks(
  trusted: ArrayLike<number>,
  on: Uint8Array,
  columns: number,
  width: number,
): number[] {
  const perRow = Math.ceil(width / CELL);
  const side = CELL / SHRINK;
  const sure: number[] = [];
  for (let k = 0; k < on.length; k++) {
    const cell = Math.floor(Math.floor(k / columns) / side) * perRow + Math.floor((k % columns) / side);
    if (on[k] && trusted[cell]) sure.push(k);
  }
  return sure;
}

/**
 * The golden photo as this camera shows it: in the photo's light, and its channels mixed as those of two cameras are, by least
 * squares over what certainly shows the same.
 */
function inItsColours(
  ref: Float32Array,
  seen: Float32Array,
  sure: readonly number[],
  columns: number,
  light: Light,
): Float32Array {
  const lit = new Float32Array(ref.length);
  for (let k = 0; 3 * k < ref.length; k++) {
    const [x, y] = [(k % columns) * SHRINK, Math.floor(k / columns) * SHRINK];
    for (let c = 0; c < 3; c++) lit[3 * k + c] = Math.min(255, ref[3 * k + c]! * light(c, x, y));
  }
  const mixes = [0, 1, 2].map((c) => {
    const equations = Array.from({ length: 4 }, () => new Array<number>(5).fill(0));
    for (const k of sure) {
      const terms = [lit[3 * k]!, lit[3 * k + 1]!, lit[3 * k + 2]!, 255];
      for (let i = 0; i < 4; i++) {
        equations[i]![4]! += terms[i]! * seen[3 * k + c]!;
        for (let j = 0; j < 4; j++) equations[i]![j]! += terms[i]! * terms[j]!;
      }
    }
    // A grey board says nothing of how colours mix: damped towards each channel as it is.
    const damping = 100 * sure.length;
    for (let i = 0; i < 4; i++) equations[i]![i]! += damping;
    equations[c]![4]! += damping;
    return solveLinear(equations, 0);
  });
  const out = lit.slice();
  for (let k = 0; 3 * k < out.length; k++) {
    const [r, g, b] = [lit[3 * k]!, lit[3 * k + 1]!, lit[3 * k + 2]!];
    for (let c = 0; c < 3; c++) {
      const mix = mixes[c];
      if (mix)
        out[3 * k + c] = Math.min(255, Math.max(0, mix[0]! * r + mix[1]! * g + mix[2]! * b + 255 * mix[3]!));
    }
  }
  return out;
}

/** Blocks of the photo with a colour that the golden photo does not show nearby, beyond what it differs by where both show the same; null where too little does. */
export function unlikeBlocks(
  ref: Float32Array,
  seen: Float32Array,
  near: Uint8Array,
  sure: readonly number[],
  columns: number,
  light: Light,
): Uint8Array | null {
  if (sure.length < LEAST_SURE * near.length) return null;
  const lit = inItsColours(ref, seen, sure, columns, light);
  const rows = near.length / columns;
  const out = new Uint8Array(near.length);
  const nearest = (k: number, enough: number) => {
    const x = k % columns;
    const y = (k - x) / columns;
    const [r, g, b] = [seen[3 * k]!, seen[3 * k + 1]!, seen[3 * k + 2]!];
    const scale = 1 / (1 + (UNLIKE_SHARE / UNLIKE) * Math.max(r, g, b));
    let least = Infinity;
    for (let j = Math.max(0, y - REACH); j <= Math.min(rows - 1, y + REACH); j++) {
      for (let i = Math.max(0, x - REACH); i <= Math.min(columns - 1, x + REACH); i++) {
        const at = 3 * (j * columns + i);
        const off =
          scale * Math.max(Math.abs(lit[at]! - r), Math.abs(lit[at + 1]! - g), Math.abs(lit[at + 2]! - b));
        if (off < least) least = off;
        if (least < enough) return least;
      }
    }
    return least;
  };
  const step = Math.max(1, Math.floor(sure.length / 2000));
  const usual = Float32Array.from(
    sure.filter((_, n) => n % step === 0),
    (k) => nearest(k, 0),
  ).sort();
  const margin = Math.max(UNLIKE, USUAL * (usual[Math.floor(0.95 * usual.length)] ?? 0));
  for (let k = 0; k < near.length; k++) {
    if (near[k] && nearest(k, margin) >= margin && !shadedOnly(lit, seen, k)) out[k] = 1;
  }
  return out;
}

/** The same surface shaded otherwise, as a tall part's sides are from elsewhere, is not something else. */
function shadedOnly(lit: Float32Array, seen: Float32Array, k: number): boolean {
  const at = 3 * k;
  const [p, q] = [lit, seen].map((values) => values[at]! + values[at + 1]! + values[at + 2]!) as [
    number,
    number,
  ];
  if (Math.min(p, q) < ONE_SURFACE * Math.max(p, q)) return false;
  for (let c = at; c < at + 3; c++)
    if (Math.abs(lit[c]! * q - seen[c]! * p) >= ONE_SHARE * p * q) return false;
  return true;
}

/** Mean colour of blocks of {@link SHRINK}², three numbers each. */
export function blockMeans({ data, width, height }: Raster): Float32Array {
  const columns = Math.ceil(width / SHRINK);
  const out = new Float32Array(3 * columns * Math.ceil(height / SHRINK));
  const count = new Uint8Array(out.length / 3);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / SHRINK) * columns;
    for (let x = 0, p = 3 * y * width; x < width; x++, p += 3) {
      const at = row + (x >> 2);
      count[at]!++;
      out[3 * at]! += data[p]!;
      out[3 * at + 1]! += data[p + 1]!;
      out[3 * at + 2]! += data[p + 2]!;
    }
  }
  for (let k = 0; k < out.length; k++) out[k]! /= count[Math.floor(k / 3)]!;
  return out;
}
