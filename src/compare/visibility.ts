import type { NotJudgedReason } from '../document/index.js';
import { type Box, boundingBox, boxArea, type Point, pixelBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { SHRINK } from './bands.js';
import { cellsBeside } from './cellsBeside.js';
import { type Cell, judgeCell } from './judgeCell.js';
import { CELL } from './light.js';
import { type Likeness, measureLikeness } from './likeness.js';
import { lostPlaces } from './lostPlaces.js';

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
/** Share of a cell that must be lost for the cell to be lost; beside a lost one each pixel counts for itself. */
const LOST = 0.5;

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
  const mostly = (lost: Uint16Array, k: number) => onBoard[k]! > 0 && lost[k]! >= LOST * onBoard[k]!;
  const cells: Cell[] = Array.from({ length: columns * rows }, (_, k) => {
    if (onBoard[k] === 0) return 'off-board';
    if (likeness.hidden[k]) return 'covered';
    if (mostly(outside, k)) return 'out-of-frame';
    if (mostly(burnt, k)) return 'glare';
    return mostly(black, k) ? 'shadow' : judgeCell(likeness, k);
  });
  const judged = seen.slice();
  const notJudged: Visibility['notJudged'] = [];
  for (const place of lostPlaces(cells, likeness)) {
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
      if (!likeness.hidden[k]) clearPixels(judged, k, width, () => true);
    }
  }
  // The rim of a highlight, or of a shadow, runs through cells.
  for (let k = 0; k < cells.length; k++) {
    if (burnt[k]! + black[k]! === 0) continue;
    const beside = cellsBeside(k, columns, rows);
    if (beside.some((other) => mostly(burnt, other)))
      clearPixels(judged, k, width, (pixel) => isBurnt(reference, photo, pixel));
    if (beside.some((other) => mostly(black, other)))
      clearPixels(judged, k, width, (pixel) => isBlack(reference, photo, pixel));
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
      if (isBurnt(reference, photo, k)) burnt[cell]!++;
      else if (isBlack(reference, photo, k)) black[cell]!++;
    }
  }
  return { seen, onBoard, outside, burnt, black };
}

function isBurnt(reference: Raster, photo: Raster, pixel: number): boolean {
  return darkest(photo.data, pixel) >= BURNT && darkest(reference.data, pixel) < GOLDEN_BURNT;
}

function isBlack(reference: Raster, photo: Raster, pixel: number): boolean {
  return brightest(photo.data, pixel) <= BLACK && brightest(reference.data, pixel) > GOLDEN_BLACK;
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

/** Takes the pixels of a cell that are lost out of a mask. */
function clearPixels(
  mask: Uint8Array,
  cell: number,
  width: number,
  isLost: (pixel: number) => boolean,
): void {
  const columns = Math.ceil(width / CELL);
  const [left, top] = [(cell % columns) * CELL, Math.floor(cell / columns) * CELL];
  for (let y = top; y < top + CELL && y * width < mask.length; y++) {
    for (let x = left; x < Math.min(width, left + CELL); x++) {
      if (isLost(y * width + x)) mask[y * width + x] = 0;
    }
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
