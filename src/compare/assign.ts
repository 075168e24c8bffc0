import { munkres } from 'munkres';
import { type Box, boxCenter, boxIoU } from '../geometry/index.js';

/** Pairs of site and part, by index; each at most once. */
export interface Assignment {
  pairs: [site: number, part: number][];
  /** Sites without a part. */
  openSites: number[];
  /** Parts without a site. */
  openParts: number[];
}

/** Sites and parts of a group that are paired exactly; no board has such a crowd, and memory grows with the square. */
const MAX_GROUP = 1000;

/** Parts that a site is compared with, the nearest ones. */
const MAX_NEAR = 50;

/** Cost of leaving a site without a part: pairs dearer than this are not made. */
const GATE = 1;

/**
 * Pairs sites with parts so that the sum of costs is smallest (Hungarian algorithm, Kuhn 1955; Munkres 1957), under
 * a distance gate. The problem is cut into groups that cannot compete with each other, so a board of thousands of
 * parts costs no more than its densest corner; a crowd beyond {@link MAX_GROUP} is paired cheapest first.
 * @param sites boxes in the reference frame
 * @param parts boxes in the same frame
 * @param reachPx how far a part of any size may be from its site, in pixels, beyond half its shorter side
 */
export function assign(sites: readonly Box[], parts: readonly Box[], reachPx: number): Assignment {
  const candidates = sites.map((site) => {
    const near: { part: number; cost: number }[] = [];
    for (let k = 0; k < parts.length; k++) {
      const cost = pairCost(site, parts[k]!, reachPx);
      if (cost < GATE) near.push({ part: k, cost });
    }
    return near.length > MAX_NEAR ? near.sort((a, b) => a.cost - b.cost).slice(0, MAX_NEAR) : near;
  });
  const pairs: [number, number][] = [];
  for (const group of groups(candidates, parts.length)) pairs.push(...solve(group, candidates));
  const usedSites = new Set(pairs.map(([site]) => site));
  const usedParts = new Set(pairs.map(([, part]) => part));
  return {
    pairs: pairs.sort((a, b) => a[0] - b[0]),
    openSites: [...sites.keys()].filter((k) => !usedSites.has(k)),
    openParts: [...parts.keys()].filter((k) => !usedParts.has(k)),
  };
}

/** 0 for the same box, 1 and more for boxes that cannot be the same part. */
function pairCost(site: Box, part: Box, reachPx: number): number {
  const [ax, ay] = boxCenter(site);
  const [bx, by] = boxCenter(part);
  const distance = Math.hypot(ax - bx, ay - by);
  const gate = reachPx + 0.5 * Math.min(Math.max(site.width, site.height), Math.max(part.width, part.height));
  if (distance > gate) return Infinity;
  const sizes = Math.sqrt((site.width * site.height) / (part.width * part.height));
  if (sizes > 2.2 || sizes < 1 / 2.2) return Infinity;
  return 0.5 * (distance / gate) + 0.5 * (1 - boxIoU(site, part));
}

/** Connected groups of sites and parts that are candidates of each other. */
function groups(candidates: { part: number }[][], partCount: number): number[][] {
  const owner = new Int32Array(partCount).fill(-1);
  const root = candidates.map((_, k) => k);
  const find = (k: number): number => {
    let at = k;
    while (root[at] !== at) at = root[at] = root[root[at]!]!;
    return at;
  };
  for (const [site, near] of candidates.entries()) {
    for (const { part } of near) {
      if (owner[part] === -1) owner[part] = site;
      else root[find(site)] = find(owner[part]!);
    }
  }
  const byRoot = new Map<number, number[]>();
  for (const [site, near] of candidates.entries()) {
    if (near.length === 0) continue;
    const key = find(site);
    const group = byRoot.get(key);
    if (group) group.push(site);
    else byRoot.set(key, [site]);
  }
  return [...byRoot.values()];
}

function solve(sites: number[], candidates: { part: number; cost: number }[][]): [number, number][] {
  const parts = [...new Set(sites.flatMap((site) => candidates[site]!.map(({ part }) => part)))];
  if (sites.length === 1) {
    const best = candidates[sites[0]!]!.reduce((a, b) => (b.cost < a.cost ? b : a));
    return [[sites[0]!, best.part]];
  }
  if (sites.length + parts.length > MAX_GROUP) return cheapestFirst(sites, candidates);
  // One column of "stays open" for each site makes leaving it open a choice with a price.
  const column = new Map(parts.map((part, k) => [part, k]));
  const matrix = sites.map((site, row) => {
    const costs = new Array<number>(parts.length + sites.length).fill(1e6);
    for (const { part, cost } of candidates[site]!) costs[column.get(part)!] = cost;
    costs[parts.length + row] = GATE;
    return costs;
  });
  return munkres(matrix)
    .filter(([row, at]) => at < parts.length && matrix[row]![at]! < GATE)
    .map(([row, at]) => [sites[row]!, parts[at]!]);
}

/** Takes the cheapest pair of what is left, again and again: not always the smallest sum, but bounded. */
function cheapestFirst(
  sites: readonly number[],
  candidates: { part: number; cost: number }[][],
): [number, number][] {
  const all = sites.flatMap((site) => candidates[site]!.map(({ part, cost }) => ({ site, part, cost })));
  all.sort((a, b) => a.cost - b.cost);
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  for (const { site, part } of all) {
    if (pairs.has(site) || taken.has(part)) continue;
    pairs.set(site, part);
    taken.add(part);
  }
  return [...pairs];
}
