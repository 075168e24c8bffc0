import type { ChangeMap } from '../detect/index.js';
import {
  type Box,
  boxArea,
  growBox,
  intersectionArea,
  pixelBox,
  scaleBox,
  shorterSide,
} from '../geometry/index.js';
import { type ChangeRegion, FLANK, heightAt, regionOf } from './changeRegions.js';
import { connectedCells } from './connectedCells.js';

/** Cells about what is told that are still its rim. */
const RIM = 1;
/** Fewer cells along a side are a rim that is wider there… */
const LEAST_SIDE = 3;
/** …and so is what is narrower than this share of the shorter side of the whole difference. */
const LEAST_SHARE = 0.5;
/** What is smaller than this share of what is told beside it is the end of that, and no part of its own. */
const LEAST_AREA = 0.5;

/**
 * What of a difference lies outside of the boxes that are told: two parts side by side that both changed can be one difference,
 * and the box of the one that it was taken for does not cover the other.
 * @param difference of this map, perhaps lower by what other looks said of it
 * @param told boxes of findings, frame pixels
 * @returns places as large as parts, as differences of their own: lower than the whole one as far as they are in the map
 */
export function restOf(difference: ChangeRegion, told: readonly Box[], map: ChangeMap): ChangeRegion[] {
  const { columns, rows, cell } = map;
  const place = pixelBox(scaleBox(difference.box, 1 / cell), columns, rows);
  if (!place) return [];
  const inside: number[] = [];
  for (let y = place.y; y < place.y + place.height; y++) {
    for (let x = place.x; x < place.x + place.width; x++) inside.push(y * columns + x);
  }
  const summit = inside.reduce((most, k) => Math.max(most, heightAt(map, k)), -Infinity);
  const covers = told.map((box) => growBox(box, RIM * cell));
  const isTold = (k: number) => {
    const middle = { x: ((k % columns) + 0.5) * cell, y: (Math.floor(k / columns) + 0.5) * cell };
    return covers.some(
      ({ x, y, width, height }) =>
        middle.x > x && middle.x < x + width && middle.y > y && middle.y < y + height,
    );
  };
  const open = new Set(inside.filter((k) => heightAt(map, k) > summit - FLANK && !isTold(k)));
  const least = Math.max(LEAST_SIDE * cell, LEAST_SHARE * shorterSide(difference.box));
  const beside = told.filter((box) => intersectionArea(box, difference.box) > 0).map(boxArea);
  const leastArea = beside.length > 0 ? LEAST_AREA * Math.min(...beside) : 0;
  const loss = summit - difference.peak;
  const rest: ChangeRegion[] = [];
  for (const k of open) {
    open.delete(k);
    const { box, added, removed, peak } = regionOf(
      connectedCells(k, columns, (next) => open.delete(next)),
      map,
    );
    if (shorterSide(box) >= least && boxArea(box) >= leastArea)
      rest.push({ box, added: added - loss, removed: removed - loss, peak: peak - loss });
  }
  return rest;
}
