import type { ChangeMap } from '../detect/index.js';
import type { Box } from '../geometry/index.js';

/** A place where photo and reference differ, by the change map. */
export interface ChangeRegion {
  /** In pixels of the frame. */
  box: Box;
  /** Highest logit of each direction in it. */
  added: number;
  removed: number;
  /** The higher of both. */
  peak: number;
}

/** A summit that stands less than this above the saddle to a higher one is part of it (logits). */
const PROMINENCE = 1;
/** Cells within this of their summit belong to the region's box. */
export const FLANK = 2.5;
/** Summits below this are not worth a region: less than one in three hundred is a change. */
const LOWEST = -6;

/**
 * Cuts a change map into regions, one a summit, highest first. Summits are told apart by prominence, as mountains
 * are: flooding from the top, a cell joins the highest summit beside it, and a summit that rises too little above the
 * saddle is joined to it too (watershed by flooding: Vincent & Soille, PAMI 1991).
 */
export function findRegions(map: ChangeMap): ChangeRegion[] {
  const { columns, rows } = map;
  const value = heightsOf(map);
  const order: number[] = [];
  for (let k = 0; k < value.length; k++) if (value[k]! > LOWEST) order.push(k);
  order.sort((a, b) => value[b]! - value[a]!);

  const label = new Int32Array(value.length).fill(-1);
  const parent: number[] = [];
  const peak: number[] = [];
  const root = (n: number): number => {
    let at = n;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (const k of order) {
    const x = k % columns;
    const y = (k - x) / columns;
    let highest = -1;
    const beside: number[] = [];
    for (let j = Math.max(0, y - 1); j <= Math.min(rows - 1, y + 1); j++) {
      for (let i = Math.max(0, x - 1); i <= Math.min(columns - 1, x + 1); i++) {
        const neighbour = label[j * columns + i]!;
        if (neighbour < 0) continue;
        const summit = root(neighbour);
        beside.push(summit);
        if (highest < 0 || peak[summit]! > peak[highest]!) highest = summit;
      }
    }
    if (highest < 0) {
      label[k] = parent.length;
      parent.push(label[k]!);
      peak.push(value[k]!);
      continue;
    }
    label[k] = highest;
    for (const summit of beside) {
      if (summit !== highest && peak[summit]! - value[k]! < PROMINENCE) parent[summit] = highest;
    }
  }
  const basins = new Map<number, number[]>();
  for (const k of order) {
    const summit = root(label[k]!);
    const basin = basins.get(summit);
    if (basin) basin.push(k);
    else basins.set(summit, [k]);
  }
  return [...basins.values()].map((cells) => regionOf(cells, map)).sort((a, b) => b.peak - a.peak);
}

/** The higher logit of both directions, cell by cell. */
export function heightsOf(map: ChangeMap): Float32Array {
  return map.added.map((_, k) => heightAt(map, k));
}

/** The same of one cell. */
export function heightAt({ added, removed }: ChangeMap, k: number): number {
  return Math.max(added[k]!, removed[k]!);
}

/** The region of cells that belong together: their summit, and a box about those that are no flank of it. @param cells one and more */
export function regionOf(cells: readonly number[], map: ChangeMap): ChangeRegion {
  const { columns, cell, added, removed } = map;
  const peak = cells.reduce((most, k) => Math.max(most, heightAt(map, k)), -Infinity);
  const extent = { left: Infinity, top: Infinity, right: 0, bottom: 0 };
  const most = { added: -Infinity, removed: -Infinity };
  for (const k of cells) {
    if (heightAt(map, k) < peak - FLANK) continue;
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
