import type { Raster } from '../photo/index.js';
import { type OpenCv, scoped, toMat } from './opencv.js';

/** How well two registered pictures show the same things, measured independently of the feature matches. */
export interface Agreement {
  /** Share of the textured cells that both pictures show in which they correlate, 0 to 1. */
  fraction: number;
  /** Number of textured cells looked at that both pictures show. */
  cells: number;
  /** Median displacement at which the agreeing cells correlate best, in pixels of the pictures. */
  shiftPx: number;
}

/** Side of a cell in pixels of the working frame: a few parts large on a board of 1,000 pixels. */
const CELL = 32;
/** Of more cells than this only every second, third… is looked at: so many give the share within two hundredths. */
const ENOUGH_CELLS = 1200;
/** How far a cell may have moved: parallax of tall parts, not a wrong homography. */
const REACH = 10;
/** Normalised correlation above which a cell counts as the same. */
const SAME = 0.55;
/** Standard deviation of grey below which a cell shows nothing to compare. */
const TEXTURE = 7;

/**
 * Compares two registered grey pictures cell by cell with normalised cross-correlation in a small window.
 * @param reference grey, in the reference frame at a working size
 * @param photo grey, warped into the same frame; 0 where it shows nothing
 * @param seen one byte a pixel, non-zero where the photo shows the board
 */
export function measureAgreement(cv: OpenCv, reference: Raster, photo: Raster, seen: Uint8Array): Agreement {
  const { width, height } = reference;
  const step = Math.ceil((width * height) / (CELL * CELL) / ENOUGH_CELLS);
  return scoped(cv, (keep) => {
    const a = keep(toMat(cv, reference));
    const b = keep(toMat(cv, photo));
    const scores = keep(new cv.Mat());
    const shifts: number[] = [];
    let cells = 0;
    let place = 0;
    for (let y = REACH; y + CELL + REACH <= height; y += CELL) {
      for (let x = REACH; x + CELL + REACH <= width; x += CELL) {
        // A step that divides the cells of a row would leave whole columns out: each row starts one further on.
        if ((place++ + Math.floor(y / CELL)) % step !== 0) continue;
        if (!seenWhole(seen, width, x, y) || deviation(reference, x, y) < TEXTURE) continue;
        cells++;
        const part = a.roi(new cv.Rect(x, y, CELL, CELL));
        const around = b.roi(new cv.Rect(x - REACH, y - REACH, CELL + 2 * REACH, CELL + 2 * REACH));
        cv.matchTemplate(around, part, scores, cv.TM_CCOEFF_NORMED);
        const { maxVal, maxLoc } = cv.minMaxLoc(scores);
        if (maxVal > SAME) shifts.push(Math.hypot(maxLoc.x - REACH, maxLoc.y - REACH));
        part.delete();
        around.delete();
      }
    }
    shifts.sort((p, q) => p - q);
    return {
      fraction: cells === 0 ? 0 : shifts.length / cells,
      cells,
      shiftPx: shifts.length === 0 ? 0 : shifts[shifts.length >> 1]!,
    };
  });
}

function seenWhole(seen: Uint8Array, width: number, x: number, y: number): boolean {
  const last = CELL - 1;
  return (
    seen[y * width + x]! > 0 &&
    seen[y * width + x + last]! > 0 &&
    seen[(y + last) * width + x]! > 0 &&
    seen[(y + last) * width + x + last]! > 0
  );
}

function deviation({ data, width }: Raster, left: number, top: number): number {
  let sum = 0;
  let squares = 0;
  for (let y = top; y < top + CELL; y++) {
    for (let k = y * width + left; k < y * width + left + CELL; k++) {
      const value = data[k]!;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / (CELL * CELL);
  return Math.sqrt(Math.max(0, squares / (CELL * CELL) - mean * mean));
}
