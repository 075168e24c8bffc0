import { type Box, boundingBox, boxArea, type Point } from '../geometry/index.js';

/** Share of its box that a place must fill to be drawn as that box. */
const FILLED = 0.5;
/** So few cells of a box that are not of the place are a frayed rim, and no reason to cut. */
const FRAYED = 6;
/** How much better pieces must fill their boxes than the whole did. */
const BETTER = 1.2;

/**
 * Cuts a place that fills little of its box, as a strip around a corner does, into pieces whose boxes hug it: what a
 * box says is lost should be lost. Each cut is the one after which a cell lies in the fullest box on average.
 * @param cells of a grid, row after row
 * @param columns of the grid
 * @returns the same cells in one piece or several; none of none
 */
export function piecesOf(cells: readonly number[], columns: number): number[][] {
  if (cells.length === 0) return [];
  const whole = boxOf(cells, columns);
  const area = boxArea(whole);
  if (cells.length >= FILLED * area || area - cells.length <= FRAYED) return [[...cells]];
  let best: [number[], number[]] | null = null;
  let most = (BETTER * cells.length ** 2) / area;
  for (const [from, to, place] of [
    [whole.x + 1, whole.x + whole.width, (k: number) => k % columns],
    [whole.y + 1, whole.y + whole.height, (k: number) => Math.floor(k / columns)],
  ] as const) {
    for (let cut = from; cut < to; cut++) {
      const before = cells.filter((k) => place(k) < cut);
      const after = cells.filter((k) => place(k) >= cut);
      const fill = fillOf(before, columns) + fillOf(after, columns);
      if (fill <= most) continue;
      most = fill;
      best = [before, after];
    }
  }
  return best ? best.flatMap((piece) => piecesOf(piece, columns)) : [[...cells]];
}

/** Share of its box that a piece fills, once for each of its cells. */
function fillOf(cells: readonly number[], columns: number): number {
  return cells.length === 0 ? 0 : cells.length ** 2 / boxArea(boxOf(cells, columns));
}

/** The box of some cells, in cells: one of them alone is 1 × 1. */
function boxOf(cells: readonly number[], columns: number): Box {
  const corners = cells.map((k): Point => [k % columns, Math.floor(k / columns)]);
  const { width, height, ...corner } = boundingBox(corners);
  return { ...corner, width: width + 1, height: height + 1 };
}
