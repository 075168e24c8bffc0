import { type Raster, shrinkTo, toGrey } from '../photo/index.js';
import { loadOpenCv, type OpenCv, scoped, toMat } from './opencv.js';

/** Longer side at which parallax is looked for: tall parts are large. */
const SIDE = 1000;
/** Spacing of the cells, side of the patches and reach of the search, in pixels at that size. */
const CELL = 12;
const PATCH = 28;
const REACH = 22;
/** Correlation from which a patch counts as found, and above which it counts as being where it should. */
const FOUND = 0.6;
const IN_PLACE = 0.88;
/** How much better than in place it must fit elsewhere. */
const BETTER = 0.12;
/** Smaller displacements are what local alignment leaves on flat board. */
const SHORTEST = 2.5;
/** Neighbours move together when their displacements differ by less than this share of the longer one. */
const TOGETHER = 0.45;
/** Fewest cells that must move together: an added part may look like its neighbour, but only in one place. */
const FEWEST = 4;
/** Standard deviation of grey below which a patch shows nothing. */
const TEXTURE = 5;

/**
 * Finds where tall parts moved against the board between the two viewpoints: patches that are found whole some way
 * off, together with their neighbours. Plane-plus-parallax (Irani and Anandan, ECCV 1996) without its algebra.
 * @param reference RGB or grey, surface frame
 * @param photo RGB or grey, aligned to it
 * @param mask one byte a pixel, non-zero where both show the board
 * @returns one byte a pixel of the surface frame: non-zero on and around what moved
 */
export async function findParallax(reference: Raster, photo: Raster, mask: Uint8Array): Promise<Uint8Array> {
  const { cv } = await loadOpenCv();
  const a = toGrey(await shrinkTo(reference, SIDE));
  const b = toGrey(await shrinkTo(photo, SIDE));
  const scale = a.width / reference.width;
  const cells = matchCells(cv, a, b, (x, y) => mask[pixelAt(x, y, scale, reference)]! > 0);
  const groups = groupMoving(cells);
  const zone = new Uint8Array(mask.length);
  for (const cell of groups) {
    // What the part hides or shows lies within its displacement of it.
    const margin = PATCH / 2 + Math.hypot(cell.dx, cell.dy);
    const x = cell.column * CELL;
    const y = cell.row * CELL;
    const left = Math.max(0, Math.round((x - margin) / scale));
    const right = Math.min(reference.width, Math.round((x + margin) / scale));
    const bottom = Math.min(reference.height, Math.round((y + margin) / scale));
    for (let v = Math.max(0, Math.round((y - margin) / scale)); v < bottom; v++) {
      zone.fill(1, v * reference.width + left, v * reference.width + right);
    }
  }
  return zone;
}

interface MovingCell {
  column: number;
  row: number;
  dx: number;
  dy: number;
}

function pixelAt(x: number, y: number, scale: number, { width, height }: Raster): number {
  const u = Math.min(width - 1, Math.round(x / scale));
  const v = Math.min(height - 1, Math.round(y / scale));
  return v * width + u;
}

/** Cells whose patch is found elsewhere clearly better than in place. */
function matchCells(cv: OpenCv, a: Raster, b: Raster, seen: (x: number, y: number) => boolean): MovingCell[] {
  const half = PATCH / 2;
  return scoped(cv, (keep) => {
    const matA = keep(toMat(cv, a));
    const matB = keep(toMat(cv, b));
    const scores = keep(new cv.Mat());
    const moving: MovingCell[] = [];
    for (let y = CELL * Math.ceil((half + REACH) / CELL); y + half + REACH < a.height; y += CELL) {
      for (let x = CELL * Math.ceil((half + REACH) / CELL); x + half + REACH < a.width; x += CELL) {
        if (!seen(x, y)) continue;
        const patch = matA.roi(new cv.Rect(x - half, y - half, PATCH, PATCH));
        const near = matB.roi(new cv.Rect(x - half - 2, y - half - 2, PATCH + 4, PATCH + 4));
        cv.matchTemplate(near, patch, scores, cv.TM_CCOEFF_NORMED);
        const inPlace = cv.minMaxLoc(scores).maxVal;
        near.delete();
        if (inPlace < IN_PLACE && deviation(a, x - half, y - half) > TEXTURE) {
          const reach = half + REACH;
          const around = matB.roi(new cv.Rect(x - reach, y - reach, 2 * reach, 2 * reach));
          cv.matchTemplate(around, patch, scores, cv.TM_CCOEFF_NORMED);
          const { maxVal, maxLoc } = cv.minMaxLoc(scores);
          around.delete();
          const dx = maxLoc.x - REACH;
          const dy = maxLoc.y - REACH;
          if (maxVal > FOUND && maxVal > inPlace + BETTER && Math.hypot(dx, dy) >= SHORTEST) {
            moving.push({ column: x / CELL, row: y / CELL, dx, dy });
          }
        }
        patch.delete();
      }
    }
    return moving;
  });
}

/** Those cells that move together with enough neighbours. */
function groupMoving(cells: MovingCell[]): MovingCell[] {
  const at = new Map(cells.map((cell) => [cell.row * 4096 + cell.column, cell]));
  const done = new Set<MovingCell>();
  const kept: MovingCell[] = [];
  for (const start of cells) {
    if (done.has(start)) continue;
    const group = [start];
    done.add(start);
    for (let k = 0; k < group.length; k++) {
      const { row, column } = group[k]!;
      for (let dr = -1; dr <= 1; dr++) {
        for (let dc = -1; dc <= 1; dc++) {
          const next = at.get((row + dr) * 4096 + column + dc);
          if (!next || done.has(next) || !movesWith(group[k]!, next)) continue;
          done.add(next);
          group.push(next);
        }
      }
    }
    if (group.length >= FEWEST) kept.push(...group);
  }
  return kept;
}

function movesWith(a: MovingCell, b: MovingCell): boolean {
  const longer = Math.max(Math.hypot(a.dx, a.dy), Math.hypot(b.dx, b.dy));
  return Math.hypot(a.dx - b.dx, a.dy - b.dy) < Math.max(2, TOGETHER * longer);
}

function deviation({ data, width }: Raster, left: number, top: number): number {
  let sum = 0;
  let squares = 0;
  for (let y = top; y < top + PATCH; y++) {
    for (let k = y * width + left; k < y * width + left + PATCH; k++) {
      sum += data[k]!;
      squares += data[k]! * data[k]!;
    }
  }
  const n = PATCH * PATCH;
  return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
}
