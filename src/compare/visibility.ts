import type { NotJudgedReason } from '../document/index.js';
import { type Box, boxArea, pixelBox } from '../geometry/index.js';
import { type Raster, toGrey } from '../photo/index.js';
import { findBlobs } from './blobs.js';
import { DETAIL_CELL, measureSharedDetail, type SharedDetail } from './detail.js';

/** Which places of the board the photo lets one judge. Boxes are in surface-frame pixels. */
export interface Visibility {
  /** One byte a pixel of the surface frame: 1 where the photo shows the board, whatever the light. */
  seen: Uint8Array;
  /** 1 where it shows it well enough to judge. */
  judged: Uint8Array;
  /** Judged share of the board, 0 to 1. */
  judgedFraction: number;
  notJudged: { reason: NotJudgedReason; box: Box }[];
  /** Fine detail that both pictures share. */
  detail: SharedDetail;
}

/** Side of the cells that visibility is decided in. */
const CELL = DETAIL_CELL;
/** Channel values at or above which a pixel is burnt out, and at or below which it is black. */
const BURNT = 250;
const BLACK = 8;
/** The golden photo must show something there, or nothing is lost. */
const GOLDEN_BURNT = 235;
const GOLDEN_BLACK = 24;
/** Share of a cell that must be lost for the cell to be lost. */
const LOST = 0.5;
/** Shared detail below which a photo shows none of the small parts (see visiblePart.ts for what it was fitted to). */
const BLURRED = 0.3;

/**
 * Says where the photo shows the board, where light hides it, and where its fine detail is lost.
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
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const cells = columns * rows;
  const boardCount = new Float32Array(cells);
  const outside = new Float32Array(cells);
  const glare = new Float32Array(cells);
  const shadow = new Float32Array(cells);
  const seen = new Uint8Array(board.length);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / CELL) * columns;
    for (let x = 0; x < width; x++) {
      const k = y * width + x;
      if (board[k] === 0) continue;
      const cell = row + Math.floor(x / CELL);
      boardCount[cell]!++;
      if (inFrame[k] === 0) {
        outside[cell]!++;
        continue;
      }
      seen[k] = 1;
      if (darkest(photo.data, k) >= BURNT && darkest(reference.data, k) < GOLDEN_BURNT) glare[cell]!++;
      else if (brightest(photo.data, k) <= BLACK && brightest(reference.data, k) > GOLDEN_BLACK)
        shadow[cell]!++;
    }
  }
  const judged = seen.slice();
  const notJudged: Visibility['notJudged'] = [];
  const detail = measureSharedDetail(toGrey(reference), toGrey(photo), seen);
  const blur = detail.around.map((value, k) => (value < BLURRED ? boardCount[k]! : 0));
  const reasons: [NotJudgedReason, Float32Array][] = [
    ['out-of-frame', outside],
    ['glare', glare],
    ['shadow', shadow],
    ['blur', blur],
  ];
  for (const [reason, count] of reasons) {
    const share = count.map((value, k) => (boardCount[k]! > 0 ? value / boardCount[k]! : 0));
    for (const { box } of findBlobs(share, columns, rows, LOST, LOST)) {
      notJudged.push({
        reason,
        box: {
          x: box.x * CELL,
          y: box.y * CELL,
          width: Math.min(box.width * CELL, width - box.x * CELL),
          height: Math.min(box.height * CELL, height - box.y * CELL),
        },
      });
    }
    clearCells(judged, share, columns, width, height);
  }
  let boardArea = 0;
  let judgedArea = 0;
  for (let k = 0; k < board.length; k++) {
    boardArea += board[k]! & 1;
    judgedArea += judged[k]!;
  }
  return { seen, judged, judgedFraction: boardArea === 0 ? 0 : judgedArea / boardArea, notJudged, detail };
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

function clearCells(
  mask: Uint8Array,
  share: Float32Array,
  columns: number,
  width: number,
  height: number,
): void {
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / CELL) * columns;
    for (let x = 0; x < width; x++) {
      if (share[row + Math.floor(x / CELL)]! >= LOST) mask[y * width + x] = 0;
    }
  }
}

function darkest(data: Uint8Array, pixel: number): number {
  return Math.min(data[3 * pixel]!, data[3 * pixel + 1]!, data[3 * pixel + 2]!);
}

function brightest(data: Uint8Array, pixel: number): number {
  return Math.max(data[3 * pixel]!, data[3 * pixel + 1]!, data[3 * pixel + 2]!);
}
