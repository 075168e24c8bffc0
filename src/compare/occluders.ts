import { solveLinear } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { SHRINK } from './bands.js';
import { sumAround } from './cellSums.js';
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
/** Steps in colour that one thing shows from block to block, grey levels and as a share of them. */
const STEP = 8;
const STEP_SHARE = 0.1;
/** Brightness of a thing's shaded side against the lit one, and how far its channels' shares of the light may differ. */
const SHADED = 0.45;
const SAME_SHARE = 0.04;
/** The same of one surface in two shots, one shaded. */
const ONE_SURFACE = 0.6;
const ONE_SHARE = 0.04;
/** Share of the board that a thing must cover to lie over it, and how far it must reach in, as a share of the shorter side. */
const LEAST_SHARE = 0.004;
/** The same beyond which it is other light, or the table. */
const MOST_COVERED = 0.25;
const LEAST_DEPTH = 0.08;
/** Share of the board that may look like something else: beyond that the photo's light is not understood. */
const MOST_UNLIKE = 0.4;
/** Blocks beyond the outline that are looked at: what covers the board goes on there. */
const MARGIN = 6;
/** Share of a thing, as far as it is looked at, that must lie on the board: the table beside it does not. */
const LEAST_INSIDE = 0.5;
/** Length, as a share of the board's shorter side, from which a thing is no part wherever it ends. */
const ACROSS = 0.5;
/** Share of the blocks beside it that it may go smoothly into: bare board, where a part is missing, goes on as board. */
const MOST_LEAK = 0.5;
/**
 * Share of the board from which a core tells the colour of a thing, and how much may look like the golden photo of the
 * whole of it, by what does not.
 */
const LEAST_CORE = 0.0015;
const MOST_PLAIN = 0.6;
/** Blocks of any colour that are taken with a thing, about its rim. */
const RIM = 2;

/** Ways from a block to those that may be of the same thing: one beside it, or one beyond a crease. */
const AROUND = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [2, 0],
  [-2, 0],
  [0, 2],
  [0, -2],
] as const;

/**
 * Finds what lies over the board and comes from beyond it, as hands, cables and tools do: one connected thing of smooth
 * colour, unlike what the golden photo shows there, that crosses the outline and reaches well into the board. A part that was
 * added lies on the board; where one is missing, the surface goes on beside it: neither is a thing that covers.
 * @param board one byte a pixel, non-zero on the board
 * @param inFrame the same where the photo has pixels
 * @param light what the photo's light makes of the golden photo
 * @param trusted one number a cell of {@link CELL}², non-zero where both certainly show the same
 * @returns one byte a block of {@link SHRINK}², non-zero where the board is covered
 */
export function findOccluders(
  reference: Raster,
  photo: Raster,
  board: Uint8Array,
  inFrame: Uint8Array,
  light: Light,
  trusted: ArrayLike<number>,
): Uint8Array {
  const { width, height } = reference;
  const columns = Math.ceil(width / SHRINK);
  const rows = Math.ceil(height / SHRINK);
  const on = middles(board, width, height);
  const [ref, seen] = [reference, photo].map(blockMeans) as [Float32Array, Float32Array];
  const near = withMargin(on, middles(inFrame, width, height), columns, rows);
  const sure = sureBlocks(trusted, on, columns, width);
  if (sure.length < LEAST_SURE * on.length) return new Uint8Array(columns * rows);
  const unlike = unlikeBlocks(inItsColours(ref, seen, sure, columns, light), seen, near, sure, columns);
  const { depth, shorter, area } = depthOf(on, columns, rows);
  const unlikeOnBoard = unlike.reduce((sum, value, k) => sum + (value && on[k] ? 1 : 0), 0);
  if (unlikeOnBoard > MOST_UNLIKE * area) return new Uint8Array(columns * rows);
  const covered = new Uint8Array(columns * rows);
  const tried = new Uint8Array(columns * rows);
  const flood = flooder({ seen, unlike, on, near, depth, columns });
  for (let start = 0; start < unlike.length; start++) {
    if (tried[start] || !unlike[start]) continue;
    const core = flood(start, null);
    for (const k of core.blocks) tried[k] = 1;
    const grown = core.inside < LEAST_CORE * area ? core : flood(start, toneOf(seen, core.blocks));
    // What goes on and on is board, and no thing.
    const thing = grown.plain > MOST_PLAIN * (grown.blocks.length - grown.plain) ? core : grown;
    if (thing.inside > MOST_COVERED * area) continue;
    if (thing.inside < LEAST_SHARE * area || thing.deepest < LEAST_DEPTH * shorter) continue;
    if (thing.inside < LEAST_INSIDE * thing.blocks.length) continue;
    if (thing.leak > MOST_LEAK * thing.rim) continue;
    if (!thing.outside && thing.longest < ACROSS * shorter) continue;
    for (const k of thing.blocks) covered[k] = tried[k] = 1;
  }
  return closeUp(covered, unlike, on, columns, rows);
}

/** A connected thing, in blocks. */
interface Thing {
  blocks: Int32Array;
  /** Blocks that look as the golden photo does, and those on the board. */
  plain: number;
  inside: number;
  /** Whether it goes on beyond the outline or beyond what the photo shows. */
  outside: boolean;
  deepest: number;
  /** Longer side of the box about it. */
  longest: number;
  /** Blocks beside it that look as the golden photo does, and those of them that it goes smoothly into. */
  rim: number;
  leak: number;
}

/** The colour of a thing: shares of the channels, and within which brightness. */
interface Tone {
  shares: readonly number[];
  least: number;
  most: number;
}

function toneOf(seen: Float32Array, blocks: Int32Array): Tone {
  const sum = [0, 0, 0];
  let [all, squares] = [0, 0];
  for (const k of blocks) {
    let here = 0;
    for (let c = 0; c < 3; c++) {
      sum[c]! += seen[3 * k + c]!;
      here += seen[3 * k + c]!;
    }
    all += here;
    squares += here * here;
  }
  const mean = all / blocks.length;
  const wide = 2 * Math.sqrt(Math.max(0, squares / blocks.length - mean * mean)) + 3 * STEP;
  return { shares: sum.map((value) => value / Math.max(1, all)), least: mean - wide, most: mean + wide };
}

function isOf({ shares, least, most }: Tone, seen: Float32Array, k: number): boolean {
  const here = seen[3 * k]! + seen[3 * k + 1]! + seen[3 * k + 2]!;
  if (here < least || here > most) return false;
  return shares.every((share, c) => Math.abs(seen[3 * k + c]! - share * here) < ONE_SHARE * here + STEP / 4);
}

/** Finds the thing of one colour about a block; with a tone also those blocks of it that look as the golden photo does. */
function flooder({
  seen,
  unlike,
  on,
  near,
  depth,
  columns,
}: {
  seen: Float32Array;
  unlike: Uint8Array;
  on: Uint8Array;
  near: Uint8Array;
  depth: Uint16Array;
  columns: number;
}): (start: number, tone: Tone | null) => Thing {
  const stack = new Int32Array(unlike.length);
  const round = new Int32Array(unlike.length);
  let current = 0;
  return (start, tone) => {
    current++;
    let [length, plain, inside, deepest, rim, leak] = [1, 0, 0, 0, 0, 0];
    let outside = false;
    let [left, top, right, bottom] = [columns, unlike.length, 0, 0];
    stack[0] = start;
    round[start] = current;
    for (let n = 0; n < length; n++) {
      const k = stack[n]!;
      const x = k % columns;
      const y = (k - x) / columns;
      if (!unlike[k]) plain++;
      if (on[k]) {
        inside++;
        [left, right, top, bottom] = [
          Math.min(left, x),
          Math.max(right, x),
          Math.min(top, y),
          Math.max(bottom, y),
        ];
      } else outside = true;
      deepest = Math.max(deepest, depth[k]!);
      for (const [dx, dy] of AROUND) {
        const next = k + dy * columns + dx;
        const beside = dx * dx + dy * dy === 1;
        if (x + dx < 0 || x + dx >= columns || next < 0 || next >= unlike.length || !near[next]) {
          // At the border of what is shown: it may go on.
          if (beside && on[k]) outside = true;
          continue;
        }
        if (round[next] === current) continue;
        if (beside && !unlike[next] && on[next]) {
          rim++;
          if (smooth(seen, k, next)) leak++;
        }
        const belongs = unlike[next] && sameColour(seen, k, next);
        if (!belongs && !(tone && on[next] && isOf(tone, seen, next))) continue;
        round[next] = current;
        stack[length++] = next;
      }
    }
    const longest = Math.max(right - left, bottom - top) + 1;
    return { blocks: stack.slice(0, length), plain, inside, outside, deepest, longest, rim, leak };
  };
}

/** The board and a margin about it, as far as the photo shows it. */
function withMargin(on: Uint8Array, inFrame: Uint8Array, columns: number, rows: number): Uint8Array {
  const sums = sumAround(Float64Array.from(on), columns, rows, MARGIN);
  return inFrame.map((value, k) => (value && sums[k]! > 0 ? 1 : 0));
}

/** Whether two neighbouring blocks may be of one surface. */
function smooth(seen: Float32Array, a: number, b: number): boolean {
  for (let c = 0; c < 3; c++) {
    const [p, q] = [seen[3 * a + c]!, seen[3 * b + c]!];
    if (Math.abs(p - q) > STEP + STEP_SHARE * Math.max(p, q)) return false;
  }
  return true;
}

/** Whether they may be of one thing with its creases and shaded sides. */
function sameColour(seen: Float32Array, a: number, b: number): boolean {
  const [p, q] = [a, b].map((k) => seen[3 * k]! + seen[3 * k + 1]! + seen[3 * k + 2]!) as [number, number];
  if (Math.min(p, q) < SHADED * Math.max(p, q) - 3 * STEP) return false;
  for (let c = 0; c < 3; c++) {
    // Shares of the channels, multiplied out: near black they mean nothing.
    if (Math.abs(seen[3 * a + c]! * q - seen[3 * b + c]! * p) > SAME_SHARE * p * q + STEP * Math.max(p, q))
      return false;
  }
  return true;
}

/** The blocks in cells that certainly show the same. */
function sureBlocks(trusted: ArrayLike<number>, on: Uint8Array, columns: number, width: number): number[] {
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

/** Blocks of the photo with a colour that the golden photo does not show nearby, beyond what it differs by where both show the same. */
function unlikeBlocks(
  lit: Float32Array,
  seen: Float32Array,
  near: Uint8Array,
  sure: readonly number[],
  columns: number,
): Uint8Array {
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

/** How many blocks each one of the board lies within its outline, 0 beyond it; the shorter side, and the area, in blocks. */
function depthOf(board: Uint8Array, columns: number, rows: number) {
  const depth = new Uint16Array(board.length);
  let area = 0;
  let [left, top, right, bottom] = [columns, rows, 0, 0];
  for (let k = 0; k < board.length; k++) {
    if (!board[k]) continue;
    area++;
    const [x, y] = [k % columns, Math.floor(k / columns)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    depth[k] = 1 + Math.min(x > 0 ? depth[k - 1]! : 0, y > 0 ? depth[k - columns]! : 0);
  }
  for (let k = board.length - 1; k >= 0; k--) {
    const x = k % columns;
    if (!board[k]) continue;
    const after = Math.min(
      x < columns - 1 ? depth[k + 1]! : 0,
      k + columns < depth.length ? depth[k + columns]! : 0,
    );
    depth[k] = Math.min(depth[k]!, 1 + after);
  }
  return { depth, area, shorter: Math.max(0, Math.min(right - left, bottom - top) + 1) };
}

/** Takes rims, holes and what is unlike right beside with a thing; what lies beyond the board is nobody's. */
function closeUp(
  covered: Uint8Array,
  unlike: Uint8Array,
  board: Uint8Array,
  columns: number,
  rows: number,
): Uint8Array {
  let current = covered;
  for (let round = 0; round < RIM + 1; round++) {
    const last = round === RIM;
    current = current.map((value, k) => {
      if (value) return 1;
      const x = k % columns;
      const y = (k - x) / columns;
      let count = 0;
      for (let j = Math.max(0, y - 1); j <= Math.min(rows - 1, y + 1); j++)
        for (let i = Math.max(0, x - 1); i <= Math.min(columns - 1, x + 1); i++)
          count += current[j * columns + i]!;
      return count >= 5 || (count > 0 && (last || unlike[k])) ? 1 : 0;
    });
  }
  return current.map((value, k) => (board[k] ? value : 0));
}

/** Mean colour of blocks of {@link SHRINK}², three numbers each. */
function blockMeans({ data, width, height }: Raster): Float32Array {
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

/** A mask by the middle pixel of each block. */
function middles(mask: Uint8Array, width: number, height: number): Uint8Array {
  const columns = Math.ceil(width / SHRINK);
  return Uint8Array.from({ length: columns * Math.ceil(height / SHRINK) }, (_, k) => {
    const x = Math.min(width - 1, (k % columns) * SHRINK + SHRINK / 2);
    const y = Math.min(height - 1, Math.floor(k / columns) * SHRINK + SHRINK / 2);
    return mask[y * width + x]! ? 1 : 0;
  });
}
