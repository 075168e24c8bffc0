import { type Box, boundingBox, growBox, intersectionArea, type Point } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { luma } from './colour.js';
import type { Random } from './random.js';
import { surfaceMask } from './surfaceMask.js';

/** Kinds of places: on bare surface, right beside a fitted part, in the midst of print, traces and parts. */
export type PlaceKind = 'bare' | 'beside' | 'busy';

/** A chosen place for a part. */
export interface Place {
  center: Point;
  longSidePx: number;
  kind: PlaceKind;
  /** Square around the place that nothing else may touch. */
  box: Box;
}

/** Which places to choose. */
export interface ChooseOptions {
  /** Longer sides of the parts to place, photo pixels; one place is looked for a size. */
  longSidesPx: readonly number[];
  /** Boxes that no place may touch: labelled parts, earlier edits. Default none. */
  taken?: readonly Box[];
  /** Boxes of fitted parts: places lie beside them, never on them. Default none. */
  parts?: readonly Box[];
  /** Free pixels around every place, between places and to the board's edge. Default 6. */
  margin?: number;
}

/** Candidates looked at for each place. */
const TRIES = 600;

/** Share of a place that has to show the board's own surface, not sockets, cans or chips. */
const SURFACE = { bare: 0.85, beside: 0.65, busy: 0.55 } as const;

/**
 * Chooses places on a board for planted parts: about a third on bare surface, a third beside parts, a third busy
 * with print, pads and traces. A part sits on the board: places lie on its surface, not on other parts.
 * Places do not overlap each other or `taken`. Where no place is free for a size, that size is left out.
 * @param photo RGB
 * @param mask one byte a pixel, non-zero on the board, as large as the photo
 */
export function choosePlaces(
  photo: Raster,
  mask: Uint8Array,
  options: ChooseOptions,
  random: Random,
): Place[] {
  const { width, height } = photo;
  if (mask.length !== width * height) {
    throw new RangeError(`choosePlaces: expected a mask of ${width * height} bytes, got ${mask.length}`);
  }
  const { longSidesPx, taken = [], parts = [], margin = 6 } = options;
  const board = boardBox(mask, width, height);
  if (!board) return [];
  const busy = sumsOf(slopes(photo), width, height);
  const surface = sumsOf(surfaceMask(photo, mask), width, height);
  const places: Place[] = [];
  // Large ones first: they are the hardest to find room for.
  const order = [...longSidesPx].sort((a, b) => b - a);
  const kinds: readonly PlaceKind[] = ['bare', 'beside', 'busy'];
  const first = random.integer(0, 2);
  order.forEach((longSidePx, index) => {
    const kind = kinds[(first + index) % 3]!;
    const half = longSidePx / 2 + margin;
    const free: { place: Place; busyness: number }[] = [];
    for (let tried = 0; tried < TRIES && free.length < 40; tried++) {
      const center =
        kind === 'beside' && parts.length > 0 && tried < TRIES / 2
          ? beside(random.pick(parts), longSidePx, random)
          : ([board.x + random.next() * board.width, board.y + random.next() * board.height] as const);
      const box = { x: center[0] - half, y: center[1] - half, width: 2 * half, height: 2 * half };
      if (!onBoard(box, mask, width, height)) continue;
      const others = [...taken, ...places.map((place) => place.box)];
      if (others.some((other) => intersectionArea(other, box) > 0)) continue;
      const core = growBox(box, -margin);
      if (parts.some((part) => intersectionArea(part, core) > 0)) continue;
      if (meanOver(surface, core, width, height) < SURFACE[kind]) continue;
      free.push({ place: { center, longSidePx, kind, box }, busyness: meanOver(busy, core, width, height) });
      if (kind === 'beside' && parts.length > 0 && tried < TRIES / 2) break;
    }
    if (free.length === 0) return;
    free.sort((a, b) => a.busyness - b.busyness);
    const rank = kind === 'bare' ? 0.05 : kind === 'busy' ? 0.9 : 0.5;
    places.push(free[Math.floor(rank * (free.length - 1))]!.place);
  });
  return places;
}

/** A place 1 to 8 px beside a random side of the part. */
function beside(part: Box, longSidePx: number, random: Random): Point {
  const gap = longSidePx / 2 + random.range(1, 8);
  const along = random.next();
  switch (random.integer(0, 3)) {
    case 0:
      return [part.x - gap, part.y + along * part.height];
    case 1:
      return [part.x + part.width + gap, part.y + along * part.height];
    case 2:
      return [part.x + along * part.width, part.y - gap];
    default:
      return [part.x + along * part.width, part.y + part.height + gap];
  }
}

function boardBox(mask: Uint8Array, width: number, height: number): Box | null {
  const rows: Point[] = [];
  for (let y = 0; y < height; y++) {
    const row = mask.subarray(y * width, (y + 1) * width);
    const left = row.findIndex((value) => value !== 0);
    if (left >= 0) rows.push([left, y], [row.findLastIndex((value) => value !== 0) + 1, y + 1]);
  }
  return rows.length ? boundingBox(rows) : null;
}

/** Whether a box lies on the board altogether, tested every few pixels. */
function onBoard(box: Box, mask: Uint8Array, width: number, height: number): boolean {
  const left = Math.floor(box.x);
  const top = Math.floor(box.y);
  const right = Math.ceil(box.x + box.width);
  const bottom = Math.ceil(box.y + box.height);
  if (left < 0 || top < 0 || right >= width || bottom >= height) return false;
  for (let y = top; y <= bottom; y += 2) {
    for (let x = left; x <= right; x += 2) if (mask[y * width + x] === 0) return false;
  }
  return true;
}

/** Brightness slopes, a pixel. */
function slopes({ data, width, height }: Raster): Float32Array {
  const out = new Float32Array(width * height);
  const grey = new Float32Array(width * height);
  for (let k = 0; k < grey.length; k++) grey[k] = luma(data[k * 3]!, data[k * 3 + 1]!, data[k * 3 + 2]!);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const k = y * width + x;
      const dx = x + 1 < width ? grey[k + 1]! - grey[k]! : 0;
      const dy = y + 1 < height ? grey[k + width]! - grey[k]! : 0;
      out[k] = Math.hypot(dx, dy);
    }
  }
  return out;
}

/** Summed-area table: the mean over any box in constant time. */
function sumsOf(plane: Float32Array | Uint8Array, width: number, height: number): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += plane[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return sums;
}

function meanOver(sums: Float64Array, box: Box, width: number, height: number): number {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  const right = Math.min(width, Math.ceil(box.x + box.width));
  const bottom = Math.min(height, Math.ceil(box.y + box.height));
  const at = (x: number, y: number) => sums[y * (width + 1) + x]!;
  const total = at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
  return total / Math.max(1, (right - left) * (bottom - top));
}
