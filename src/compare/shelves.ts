import type { ChangeMap } from '../detect/index.js';
import { type Box, growBox, intersectionArea, shorterSide } from '../geometry/index.js';
import { type ChangeRegion, heightsOf, regionOf } from './changeRegions.js';
import { connectedCells } from './connectedCells.js';

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
 * @returns the shelves as regions, in no order
 */
export function findShelves(map: ChangeMap, regions: readonly ChangeRegion[], level: number): ChangeRegion[] {
  const { columns, rows, cell } = map;
  const least = level - BELOW;
  const standing = regions.filter(({ peak }) => peak > least).map(({ box }) => box);
  const withFlank = (box: Box) => growBox(box, GAP * cell);
  const open = heightsOf(map).map((height) => Number(height > least));
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
  const isFlank = (box: Box) =>
    shorterSide(box) < LEAST_SIDE * cell ||
    standing.some(
      (other) =>
        intersectionArea(withFlank(other), growBox(box, cell)) > 0 &&
        shorterSide(box) < LEAST_SHARE * shorterSide(other),
    );
  const take = (k: number) => {
    const isOpen = open[k] === 1;
    open[k] = 0;
    return isOpen;
  };
  const shelves: ChangeRegion[] = [];
  for (let k = 0; k < open.length; k++) {
    if (!take(k)) continue;
    const shelf = regionOf(connectedCells(k, columns, take), map);
    if (!isFlank(shelf.box)) shelves.push(shelf);
  }
  return shelves;
}
