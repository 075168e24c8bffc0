/** Share of its box that a place must fill to be drawn as that box. */
const FILLED = 0.5;
/** So few cells of a box that are not of the place are a frayed rim, and no reason to cut. */
const FRAYED = 6;
/** How much better pieces must fill their boxes than the whole did. */
const BETTER = 1.2;

/** A box in cells, ends not included. */
interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Cuts a place that fills little of its box, as a strip around a corner does, into pieces whose boxes hug it: what a
 * box says is lost should be lost. Each cut is the one after which a cell lies in the fullest box on average.
 * @param cells of a grid, row after row
 * @param columns of the grid
 * @returns the same cells in one piece or several; none of none
 */
export function piecesOf(cells: readonly number[], columns: number): number[][] {
  if (cells.length === 0) return [];
  const whole = extentOf(cells, columns);
  const area = areaOf(whole);
  if (cells.length >= FILLED * area || area - cells.length <= FRAYED) return [[...cells]];
  let best: [number[], number[]] | null = null;
  let most = BETTER * fillOf(cells, columns);
  for (const [from, to, place] of [
    [whole.left + 1, whole.right, (k: number) => k % columns],
    [whole.top + 1, whole.bottom, (k: number) => Math.floor(k / columns)],
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
  return cells.length === 0 ? 0 : cells.length ** 2 / areaOf(extentOf(cells, columns));
}

function extentOf(cells: readonly number[], columns: number): Extent {
  const extent = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const k of cells) {
    const x = k % columns;
    const y = (k - x) / columns;
    extent.left = Math.min(extent.left, x);
    extent.right = Math.max(extent.right, x + 1);
    extent.top = Math.min(extent.top, y);
    extent.bottom = Math.max(extent.bottom, y + 1);
  }
  return extent;
}

function areaOf({ left, top, right, bottom }: Extent): number {
  return (right - left) * (bottom - top);
}
