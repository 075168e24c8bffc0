import { adviceFor } from './advice.js';
import { CELL } from './compare/index.js';
import type { Inspection, SiteResult, Verdict } from './document/index.js';
import { roundBox } from './geometry/index.js';
import type { Reference } from './learn.js';
import { wholePercent } from './percent.js';
import type { applyRules } from './rules.js';
import type { Board } from './severalLooks.js';
import { visibleOverall } from './visiblePart.js';

/** What must have been judged before a board can be said to match, as shares from 0 to 1. */
export interface MinCoverage {
  /** Of the sites. */
  sites: number;
  /** Of the board's surface. */
  surface: number;
}

export const MIN_COVERAGE: MinCoverage = { sites: 0.95, surface: 0.9 };

/** Of a board none of whose photos could be laid onto the reference. */
export const NOTHING_JUDGED: Inspection['coverage'] = {
  judgedFraction: 0,
  judgedSites: 0,
  missing: ['no photo could be laid onto the reference'],
  sharedDetail: null,
  smallestVisiblePartPx: null,
  smallestVisiblePartMm: null,
  smallestVisibleMap: null,
  notJudged: [],
};

/** A share as documents have it, rounded down: 1 means all of it. */
export const floorShare = (share: number) => Math.floor(share * 1e4) / 1e4;

/** Cells that the map in the document has along its longer side. */
const MAP_SIDE = 24;

/** What could be judged, as the document tells it. */
export function coverageOf(
  board: Board,
  reference: Reference,
  sites: readonly SiteResult[],
  rules: ReturnType<typeof applyRules>,
  least: MinCoverage,
): Inspection['coverage'] {
  const ignored = new Set(
    reference.sites.filter(({ box }) => rules.ignored(box) !== null).map(({ id }) => id),
  );
  const asked = sites.filter(({ id }) => !ignored.has(id));
  const judged = asked.filter(({ verdict }) => verdict !== 'not-judged');
  const judgedSites = asked.length === 0 ? 1 : judged.length / asked.length;
  const smallest = visibleOverall(board.visible);
  return {
    judgedFraction: floorShare(board.judgedFraction),
    judgedSites: floorShare(judgedSites),
    missing: [
      ...(board.judgedFraction < least.surface
        ? [
            `${wholePercent(board.judgedFraction)} of the surface could be judged, ${wholePercent(least.surface)} are needed`,
          ]
        : []),
      ...(judgedSites < least.sites
        ? [
            `${judged.length} of ${asked.length} sites could be judged, ${wholePercent(least.sites)} are needed`,
          ]
        : []),
      ...rules
        .unseen(board.judgedShare, sites)
        .map((name) => `${name}, marked as high risk, could not be judged`),
    ],
    sharedDetail: Math.round(board.sharedDetail * 1000) / 1000,
    smallestVisiblePartPx: smallest,
    smallestVisiblePartMm:
      smallest === null || reference.mmPerPixel === null ? null : smallest * reference.mmPerPixel,
    smallestVisibleMap: coarseMap(board, reference),
    notJudged: board.notJudged.map(({ reason, box, look }) => ({
      reason,
      box: roundBox(look.place.box(box)),
      photo: look.index,
      referenceBox: roundBox(box),
      advice: adviceFor(reason, box, reference.sites),
    })),
  };
}

/** A finding makes a board differ; without one it matches only if nothing is missing that had to be judged. */
export function verdictOf(findings: number, { missing }: Inspection['coverage']): Verdict {
  if (findings > 0) return 'differs';
  return missing.length === 0 ? 'matches' : 'not-judged';
}

/** The map of visible parts in cells large enough for a document: the worst of what is judged in each. */
function coarseMap(
  { visible, view }: Board,
  { width, height }: Reference,
): Inspection['coverage']['smallestVisibleMap'] {
  const side = Math.ceil(Math.max(width, height) / MAP_SIDE);
  const columns = Math.ceil(width / side);
  const rows = Math.ceil(height / side);
  const px: (number | null)[] = new Array(columns * rows).fill(null);
  const fine = Math.ceil(view.surface.width / CELL);
  for (let k = 0; k < visible.length; k++) {
    if (Number.isNaN(visible[k]!)) continue;
    const x = Math.floor((((k % fine) + 0.5) * CELL) / view.scale / side);
    const y = Math.floor(((Math.floor(k / fine) + 0.5) * CELL) / view.scale / side);
    const at = Math.min(rows - 1, y) * columns + Math.min(columns - 1, x);
    px[at] = Math.max(px[at] ?? 0, Math.round(visible[k]!));
  }
  return { columns, rows, px };
}
