import type { NotJudgedReason } from '../document/index.js';
import { type Box, boundingBox, boxArea, type Point, pixelBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { SHRINK } from './bands.js';
import { CELL } from './light.js';
import { type Likeness, measureLikeness } from './likeness.js';

/** Which places of the board the photo lets one judge. Boxes are in surface-frame pixels. */
export interface Visibility {
  /** One byte a pixel of the surface frame: 1 where the photo shows the board, whatever the light. */
  seen: Uint8Array;
  /** 1 where it shows it well enough to judge. */
  judged: Uint8Array;
  /** Judged share of the board, 0 to 1. */
  judgedFraction: number;
  notJudged: { reason: NotJudgedReason; box: Box }[];
  likeness: Likeness;
}

/** Channel values at or above which a pixel is burnt out, and at or below which it is black. */
const BURNT = 250;
const BLACK = 8;
/** The golden photo must show something there, or nothing is lost. */
const GOLDEN_BURNT = 235;
const GOLDEN_BLACK = 24;
/** Share of a cell that must be lost for the cell to be lost. */
const LOST = 0.5;
/** Correlation of fine detail below which a photo shows none of the small parts (see visiblePart.ts for what it was fitted to). */
const BLURRED = 0.3;
/** The same from which a cell shows what the golden photo shows. */
const SHARED = 0.5;
/** Contrast, against what is left elsewhere, below which light or something in between has taken it away. */
const FAINT = 0.25;
/** Correlation of coarse structure from which it is still the same place, seen badly. */
const SAME_PLACE = 0.5;
/** The same from which it is that place, moved: any two places are a little alike when one may be moved about. */
const BESIDE = 0.7;
/** Detail of its own, against what the photo has elsewhere, from which bad focus is not what is wrong. */
const OWN_DETAIL = 0.5;
/** Grey levels brighter or darker than the light elsewhere makes it: what took the contrast away is light. */
const LIT = 20;
/** Gradients left, against elsewhere, below which focus or motion took them away. */
const FEW_EDGES = 0.5;
/** The same where the board is plain and nothing but its brightness tells. */
const LIT_PLAIN = 80;
const WASHED_OUT = 220;
/** Distance in colour below which plain board may be what is seen. */
const ALIKE = 0.05;
/** Distance in colour from which plain board is not what is seen (0.33 from grey to pure colour). */
const OTHER_COLOUR = 0.2;

/**
 * Says where the photo shows the board, where light or something on top hides it, and where its fine detail is lost.
 * @param reference RGB, surface frame
 * @param photo RGB, aligned to it
 * @param board one byte a pixel, non-zero on the board
 * @param inFrame one byte a pixel, non-zero where the photo has pixels
 */
export function measureVisibility(
  reference: Raster,
  photo: Raster,
  board: Uint8Array,
  inFrame: Uint8Array,
): Visibility {
  const { width, height } = reference;
  const { seen, onBoard, outside, burnt, black } = countPixels(reference, photo, board, inFrame);
  const likeness = measureLikeness(reference, photo, seen, inFrame);
  const { columns, rows } = likeness;
  const cells: Cell[] = Array.from({ length: columns * rows }, (_, k) => {
    if (onBoard[k] === 0) return 'off-board';
    if (likeness.hidden[k]) return 'covered';
    const most = LOST * onBoard[k]!;
    if (outside[k]! >= most) return 'out-of-frame';
    if (burnt[k]! >= most) return 'glare';
    return black[k]! >= most ? 'shadow' : judgeCell(likeness, k);
  });
  const judged = seen.slice();
  const notJudged: Visibility['notJudged'] = [];
  for (const lost of lostPlaces(vote(cells, likeness), likeness)) {
    const place = lost.reason === 'blur' ? { ...lost, cells: withRim(lost.cells, cells, likeness) } : lost;
    const box = boundingBox(
      place.cells.flatMap((k): Point[] => {
        const [x, y] = [(k % columns) * CELL, Math.floor(k / columns) * CELL];
        return [
          [x, y],
          [Math.min(width, x + CELL), Math.min(height, y + CELL)],
        ];
      }),
    );
    notJudged.push({ reason: place.reason, box });
    // A thing that covers is known to a block, all else to a cell.
    for (const k of place.cells) {
      if (!likeness.hidden[k]) clearCell(judged, k, columns, width, height);
    }
  }
  clearBlocks(judged, likeness.blocks, width);
  return { seen, judged, judgedFraction: shareOfBoard(judged, board), notJudged, likeness };
}

/** Share of the board that a mask within it holds, 0 to 1; 0 where there is no board. */
export function shareOfBoard(judged: Uint8Array, board: Uint8Array): number {
  let boardArea = 0;
  let judgedArea = 0;
  for (let k = 0; k < board.length; k++) {
    boardArea += board[k]! & 1;
    judgedArea += judged[k]!;
  }
  return boardArea === 0 ? 0 : judgedArea / boardArea;
}

/** What a cell lets one judge; `covered` by a thing that comes from beyond the board. */
type Cell = 'off-board' | 'good' | 'plain' | 'covered' | NotJudgedReason;

/**
 * Whether a cell looks like the golden photo's, or why it does not, as far as light, lens and things on top explain it;
 * `plain` where there is nothing to tell by.
 */
function judgeCell(
  { own, near, wide, coarse, contrast, detail, left, brighter, level, colour, elsewhere }: Likeness,
  k: number,
): Cell {
  // The wider surroundings of a good place beside a lost one share little: what it shares itself decides.
  const soft = (wide[k]! < BLURRED && !(near[k]! > SHARED)) || left[k]! < FEW_EDGES;
  if (Number.isNaN(near[k]!)) {
    if (brighter[k]! > LIT_PLAIN && level[k]! > WASHED_OUT) return 'glare';
    if (colour[k]! > OTHER_COLOUR) return 'occluded';
    return soft ? 'blur' : 'plain';
  }
  if (contrast[k]! < FAINT && !(own[k]! > SHARED)) {
    if (brighter[k]! > LIT && detail[k]! < OWN_DETAIL) return 'glare';
    if (brighter[k]! < -LIT && detail[k]! < OWN_DETAIL) return 'shadow';
    // Plain board in its own colour: what covers lies beside it.
    if (Number.isNaN(own[k]!) && asExpected(brighter[k]!, colour[k]!)) return 'plain';
    if (coarse[k]! < SAME_PLACE) return elsewhere(k) < BESIDE ? 'occluded' : 'parallax';
    return detail[k]! < OWN_DETAIL ? 'blur' : 'parallax';
  }
  return soft ? 'blur' : 'good';
}

const asExpected = (brighter: number, colour: number) => Math.abs(brighter) < LIT && colour < ALIKE;

/** Those who are certain of themselves, and say nothing of what is beside them. */
const MUTE: ReadonlySet<Cell> = new Set(['off-board', 'out-of-frame', 'covered']);
/** Cells around one that vote on it; those who have nothing to tell by ask farther. */
const VOTERS = 2;
const PLAIN_VOTERS = 3;
/** Share of lost ones among the voters below which a lost cell is good, and above which a good one is lost. */
const FEW = 0.6;
const MOST = 0.8;
/** Rounds in which plain surface inside of a lost place is taken with it, by so many of its neighbours at least. */
const ROUNDS = 2;
const LEAST_VOTERS = 10;
const MOST_PLAIN = 0.6;

/**
 * Takes single cells with their surroundings: a lost cell among good ones is a part that differs, and that is for the
 * comparison to say; a plain or good one amid lost ones is lost. What the pixels themselves tell stays.
 */
function vote(cells: readonly Cell[], { columns, brighter, colour }: Likeness): Cell[] {
  const rows = cells.length / columns;
  let current = [...cells];
  for (let round = 0; round < ROUNDS; round++) {
    current = current.map((cell, k) => {
      if (MUTE.has(cell)) return cell;
      const plain = cell === 'plain';
      if (round > 0 && !plain) return cell;
      const reach = plain ? PLAIN_VOTERS : VOTERS;
      const [x, y] = [k % columns, Math.floor(k / columns)];
      const against: NotJudgedReason[] = [];
      let voters = 0;
      for (let j = Math.max(0, y - reach); j <= Math.min(rows - 1, y + reach); j++) {
        for (let i = Math.max(0, x - reach); i <= Math.min(columns - 1, x + reach); i++) {
          const other = current[j * columns + i]!;
          if (other === 'plain' || MUTE.has(other)) continue;
          voters++;
          // A tall part's edge says nothing about the plain surface beside it.
          if (other === 'good' || (plain && other === 'parallax')) continue;
          // Nor does what covers the cell beside it, where the board shows its own colour.
          if (plain && other === 'occluded' && asExpected(brighter[k]!, colour[k]!)) continue;
          against.push(other as NotJudgedReason);
        }
      }
      const share = voters === 0 ? 0 : against.length / voters;
      if (cell !== 'good' && !plain) return share >= (cell === 'parallax' ? MOST : FEW) ? cell : 'good';
      if (plain ? share < MOST_PLAIN || voters < LEAST_VOTERS : share < MOST) return cell;
      return commonest(against);
    });
  }
  return current;
}

/**
 * Share of the board's cells that unlike places must have, and their least number: smaller ones are parts, and what
 * became of those is for the comparison to say.
 */
const LEAST_SHARE = 0.004;
const LEAST_CELLS = 6;
/**
 * The same for blur and for what lies over the board without coming from beyond it (see occluders.ts): bad focus and motion do
 * not stop at a part, and what is smaller may be one.
 */
const LEAST_LARGE = 0.03;
/** The same where the coarse structure is what it was, which no part that came or went leaves behind. */
const LEAST_BLURRED = 0.01;
const LARGE: ReadonlySet<Cell> = new Set(['blur', 'occluded']);
/** What is told by likeness alone. */
const UNLIKE: ReadonlySet<Cell> = new Set(['occluded', 'blur', 'parallax']);

/**
 * A blurred place and the cells about it whose own detail is not the golden photo's: blur is judged by surroundings, which look
 * good as long as half of them are.
 */
function withRim(place: readonly number[], cells: readonly Cell[], { columns, own }: Likeness): number[] {
  const within = new Set(place);
  for (const k of place) {
    const x = k % columns;
    for (let j = -1; j <= 1; j++) {
      for (let i = -1; i <= 1; i++) {
        const beside = k + j * columns + i;
        if (x + i < 0 || x + i >= columns || beside < 0 || beside >= cells.length) continue;
        if (!MUTE.has(cells[beside]!) && own[beside]! < SHARED) within.add(beside);
      }
    }
  }
  return [...within];
}

const isLost = (cell: Cell) => cell !== 'off-board' && cell !== 'good' && cell !== 'plain';

const reasonOf = (cell: Cell) => (cell === 'covered' ? 'occluded' : cell) as NotJudgedReason;

const placeKind = (cell: Cell) => (cell === 'out-of-frame' || cell === 'covered' ? cell : 'lost');

/** A connected place that cannot be judged, for the reason that most of it has. */
interface LostPlace {
  reason: NotJudgedReason;
  cells: number[];
}

/** The places that are lost, largest first. What the pixels do not tell by themselves must be large to count. */
function lostPlaces(cells: readonly Cell[], { columns, coarse }: Likeness): LostPlace[] {
  const onBoard = cells.filter((cell) => cell !== 'off-board').length;
  const least = Math.max(LEAST_CELLS, LEAST_SHARE * onBoard);
  const isSmall = (reason: Cell, place: readonly number[]) => {
    const own = place.filter((k) => cells[k] === reason);
    if (own.length >= LEAST_LARGE * onBoard) return false;
    return (
      own.length < LEAST_BLURRED * onBoard ||
      reason !== 'blur' ||
      !(median(own.map((k) => coarse[k]!)) > BESIDE)
    );
  };
  const places: LostPlace[] = [];
  const done = new Uint8Array(cells.length);
  for (let start = 0; start < cells.length; start++) {
    if (done[start] || !isLost(cells[start]!)) continue;
    // What lies beyond the photo, or under a thing, is a place of its own.
    const kind = placeKind(cells[start]!);
    const place = [start];
    done[start] = 1;
    for (let n = 0; n < place.length; n++) {
      const k = place[n]!;
      const x = k % columns;
      for (const next of [x > 0 ? k - 1 : -1, x < columns - 1 ? k + 1 : -1, k - columns, k + columns]) {
        const cell = cells[next];
        if (cell === undefined || done[next] || !isLost(cell)) continue;
        if (placeKind(cell) !== kind) continue;
        done[next] = 1;
        place.push(next);
      }
    }
    const small = new Set([...LARGE].filter((reason) => isSmall(reason, place)));
    const kept = place.filter((k) => {
      if (!UNLIKE.has(cells[k]!)) return true;
      return place.length >= least && !small.has(cells[k]!);
    });
    if (kept.length > 0)
      places.push({ reason: commonest(kept.map((k) => reasonOf(cells[k]!))), cells: kept });
  }
  return places.sort((a, b) => b.cells.length - a.cells.length);
}

/** The middle one of those that are numbers; NaN where none is. */
function median(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? Number.NaN;
}

function commonest<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** Counts, cell by cell, the board's pixels that the photo does not reach, that are burnt out and that are black. */
function countPixels(reference: Raster, photo: Raster, board: Uint8Array, inFrame: Uint8Array) {
  const { width, height } = reference;
  const columns = Math.ceil(width / CELL);
  const cells = columns * Math.ceil(height / CELL);
  const onBoard = new Uint16Array(cells);
  const outside = new Uint16Array(cells);
  const burnt = new Uint16Array(cells);
  const black = new Uint16Array(cells);
  const seen = new Uint8Array(board.length);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / CELL) * columns;
    for (let x = 0; x < width; x++) {
      const k = y * width + x;
      if (board[k] === 0) continue;
      const cell = row + Math.floor(x / CELL);
      onBoard[cell]!++;
      if (inFrame[k] === 0) {
        outside[cell]!++;
        continue;
      }
      seen[k] = 1;
      if (darkest(photo.data, k) >= BURNT && darkest(reference.data, k) < GOLDEN_BURNT) burnt[cell]!++;
      else if (brightest(photo.data, k) <= BLACK && brightest(reference.data, k) > GOLDEN_BLACK)
        black[cell]!++;
    }
  }
  return { seen, onBoard, outside, burnt, black };
}

/**
 * Share of a box that is set in a mask, 0 to 1; 0 for a box outside of it.
 * @param mask one byte a pixel, `width` a row
 */
export function shareIn(mask: Uint8Array, width: number, box: Box): number {
  const inside = pixelBox(box, width, mask.length / width);
  if (!inside) return 0;
  let count = 0;
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    for (let x = inside.x; x < inside.x + inside.width; x++) count += mask[y * width + x]!;
  }
  return count / boxArea(inside);
}

function clearCell(mask: Uint8Array, cell: number, columns: number, width: number, height: number): void {
  const [x, y] = [(cell % columns) * CELL, Math.floor(cell / columns) * CELL];
  for (let row = y; row < Math.min(height, y + CELL); row++) {
    mask.fill(0, row * width + x, row * width + Math.min(width, x + CELL));
  }
}

/** Takes what lies under blocks of {@link SHRINK}² out of a mask. */
function clearBlocks(mask: Uint8Array, blocks: Uint8Array, width: number): void {
  const columns = Math.ceil(width / SHRINK);
  for (let k = 0; k < blocks.length; k++) {
    if (!blocks[k]) continue;
    const [left, top] = [(k % columns) * SHRINK, Math.floor(k / columns) * SHRINK];
    for (let y = top; y < top + SHRINK && y * width < mask.length; y++) {
      mask.fill(0, y * width + left, y * width + Math.min(width, left + SHRINK));
    }
  }
}

function darkest(data: Uint8Array, pixel: number): number {
  return Math.min(data[3 * pixel]!, data[3 * pixel + 1]!, data[3 * pixel + 2]!);
}

function brightest(data: Uint8Array, pixel: number): number {
  return Math.max(data[3 * pixel]!, data[3 * pixel + 1]!, data[3 * pixel + 2]!);
}
