import type { Raster } from '../photo/index.js';
import { SHRINK, takeEvery } from './bands.js';
import { sumAround } from './cellSums.js';
import type { Light } from './light.js';
import { blockMeans, sureBlocks, unlikeBlocks } from './unlikeBlocks.js';

/** Steps in colour that one thing shows from block to block, grey levels and as a share of them. */
const STEP = 8;
const STEP_SHARE = 0.1;
/** Brightness of a thing's shaded side against the lit one, and how far its channels' shares of the light may differ. */
const SHADED = 0.45;
const SAME_SHARE = 0.04;
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
  const on = takeEvery(board, width, height);
  const [ref, seen] = [reference, photo].map(blockMeans) as [Float32Array, Float32Array];
  const near = withMargin(on, takeEvery(inFrame, width, height), columns, rows);
  const unlike = unlikeBlocks(ref, seen, near, sureBlocks(trusted, on, columns, width), columns, light);
  if (!unlike) return new Uint8Array(columns * rows);
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
  return shares.every((share, c) => Math.abs(seen[3 * k + c]! - share * here) < SAME_SHARE * here + STEP / 4);
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
