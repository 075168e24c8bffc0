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
  const { columns, rows, cell, added, removed } = map;
  const value = added.map((logit, k) => Math.max(logit, removed[k]!));
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
  return measure();

  function measure(): ChangeRegion[] {
    const found = new Map<
      number,
      { left: number; top: number; right: number; bottom: number; a: number; r: number }
    >();
    for (const k of order) {
      const summit = root(label[k]!);
      if (value[k]! < peak[summit]! - FLANK) continue;
      const x = k % columns;
      const y = (k - x) / columns;
      const region = found.get(summit);
      if (!region) {
        found.set(summit, { left: x, top: y, right: x, bottom: y, a: added[k]!, r: removed[k]! });
        continue;
      }
      region.left = Math.min(region.left, x);
      region.right = Math.max(region.right, x);
      region.top = Math.min(region.top, y);
      region.bottom = Math.max(region.bottom, y);
      region.a = Math.max(region.a, added[k]!);
      region.r = Math.max(region.r, removed[k]!);
    }
    return [...found.values()]
      .map(({ left, top, right, bottom, a, r }) => ({
        box: {
          x: left * cell,
          y: top * cell,
          width: (right - left + 1) * cell,
          height: (bottom - top + 1) * cell,
        },
        added: a,
        removed: r,
        peak: Math.max(a, r),
      }))
      .sort((a, b) => b.peak - a.peak);
  }
}
