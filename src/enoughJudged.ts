import { wholePercent } from './percent.js';

/** What must have been judged before a board can be said to match, as shares from 0 to 1. */
export interface MinCoverage {
  /** Of the sites. */
  sites: number;
  /** Of the board's surface. */
  surface: number;
}

export const MIN_COVERAGE: MinCoverage = { sites: 0.95, surface: 0.9 };

/** How much of a board was judged, by one photo or by several together. */
export interface Judged {
  /** Share of the surface, 0 to 1. */
  surface: number;
  sites: { judged: number; of: number };
  /** Names of high-risk places that were not. */
  unseen: readonly string[];
}

/** Share of the sites that was judged; 1 where there are none. */
export function judgedSites({ sites: { judged, of } }: Judged): number {
  return of === 0 ? 1 : judged / of;
}

/** What a board without findings lacks to be said to match, a sentence each. */
export function whatIsMissing(board: Judged, least: MinCoverage): string[] {
  const { surface, sites, unseen } = board;
  const missing: string[] = [];
  if (surface < least.surface)
    missing.push(
      `${wholePercent(surface)} of the surface could be judged, ${wholePercent(least.surface)} are needed`,
    );
  if (judgedSites(board) < least.sites)
    missing.push(
      `${sites.judged} of ${sites.of} sites could be judged, ${wholePercent(least.sites)} are needed`,
    );
  return [...missing, ...unseen.map((name) => `${name}, marked as high risk, could not be judged`)];
}
