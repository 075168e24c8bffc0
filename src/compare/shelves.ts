import type { ChangeMap } from '../detect/index.js';
import { type Box, growBox, intersectionArea } from '../geometry/index.js';
import { type ChangeRegion, FLANK } from './changeRegions.js';

/** Cells about a region's box that are still its flank. */
const GAP = 2;
/** Logits below the level of chance from which a shelf is worth a region: a part seen there, or another look, can lift it. */
const BELOW = 1.5;
/** Fewer cells along a side are a flank that runs out… */
const LEAST_SIDE = 3;
/** …and so is what is narrower than this share of the shorter side of a region beside it. */
const LEAST_SHARE = 0.5;

/**
 * What reaches about the level of chance and lies in no region's box: a changed part beside one that shows more plainly is
 * a shelf on its flank, without a summit of its own, and would be told by nobody.
 * @param regions of this map
 * @param level of chance, logits
 * @returns the shelves as regions, highest first
 */
export function findShelves(map: ChangeMap, regions: readonly ChangeRegion[], level: number): ChangeRegion[] {
  const { columns, rows, cell, added, removed } = map;
  const least = level - BELOW;
  const standing = regions.filter(({ peak }) => peak > least).map(({ box }) => box);
  const withFlank = (box: Box) => growBox(box, GAP * cell);
  const open = Uint8Array.from(added, (logit, k) => Number(Math.max(logit, removed[k]!) > least));
  for (const { x, y, width, height } of standing.map(withFlank)) {
    const [left, right] = [
      Math.max(0, Math.round(x / cell)),
      Math.min(columns, Math.round((x + width) / cell)),
    ];
    const [top, bottom] = [
      Math.max(0, Math.round(y / cell)),
      Math.min(rows, Math.round((y + height) / cell)),
    ];
    for (let row = top; row < bottom; row++) open.fill(0, row * columns + left, row * columns + right);
  }
  const shorter = ({ width, height }: Box) => Math.min(width, height);
  const isFlank = (box: Box) =>
    shorter(box) < LEAST_SIDE * cell ||
    standing.some(
      (other) =>
        intersectionArea(withFlank(other), growBox(box, cell)) > 0 &&
        shorter(box) < LEAST_SHARE * shorter(other),
    );
  const shelves: ChangeRegion[] = [];
  for (let k = 0; k < open.length; k++) {
    if (!open[k]) continue;
    const shelf = regionOf(takePiece(open, columns, k), map);
    if (!isFlank(shelf.box)) shelves.push(shelf);
  }
  return shelves.sort((a, b) => b.peak - a.peak);
}

/** The cells that hang together with this one, taken out of the mask. */
function takePiece(open: Uint8Array, columns: number, start: number): number[] {
  const piece = [start];
  open[start] = 0;
  for (let at = 0; at < piece.length; at++) {
    const k = piece[at]!;
    const x = k % columns;
    for (const [dx, step] of [
      [-1, -1],
      [1, 1],
      [0, -columns],
      [0, columns],
    ] as const) {
      const next = k + step;
      if (x + dx < 0 || x + dx >= columns || !open[next]) continue;
      open[next] = 0;
      piece.push(next);
    }
  }
  return piece;
}

function regionOf(cells: readonly number[], { columns, cell, added, removed }: ChangeMap): ChangeRegion {
  const heightOf = (k: number) => Math.max(added[k]!, removed[k]!);
  const peak = cells.reduce((most, k) => Math.max(most, heightOf(k)), -Infinity);
  const extent = { left: Infinity, top: Infinity, right: 0, bottom: 0 };
  const most = { added: -Infinity, removed: -Infinity };
  for (const k of cells) {
    if (heightOf(k) < peak - FLANK) continue;
    const x = k % columns;
    const y = (k - x) / columns;
    extent.left = Math.min(extent.left, x);
    extent.top = Math.min(extent.top, y);
    extent.right = Math.max(extent.right, x + 1);
    extent.bottom = Math.max(extent.bottom, y + 1);
    most.added = Math.max(most.added, added[k]!);
    most.removed = Math.max(most.removed, removed[k]!);
  }
  const { left, top, right, bottom } = extent;
  const box = { x: left * cell, y: top * cell, width: (right - left) * cell, height: (bottom - top) * cell };
  return { box, ...most, peak };
}
