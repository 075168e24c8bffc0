import { adviceFor } from './advice.js';
import { CELL, shareIn } from './compare/index.js';
import type { Inspection, SiteResult, Verdict } from './document/index.js';
import { type Judged, judgedSites, type MinCoverage, whatIsMissing } from './enoughJudged.js';
import { type Box, type Point, roundBox, scaleBox } from './geometry/index.js';
import type { Reference } from './learn.js';
import type { applyRules } from './rules.js';
import type { Board } from './severalLooks.js';
import { visibleOverall } from './visiblePart.js';

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

type Frame = Pick<Reference, 'width' | 'height'>;

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
  const open = asked.filter(({ verdict }) => verdict === 'not-judged').map(({ id }) => id);
  const judged: Judged = {
    surface: board.judgedFraction,
    sites: { judged: asked.length - open.length, of: asked.length },
    unseen: rules.unseen(board.judgedShare, sites),
  };
  const smallest = visibleOverall(board.visible);
  return {
    judgedFraction: floorShare(board.judgedFraction),
    judgedSites: floorShare(judgedSites(judged)),
    missing: whatIsMissing(judged, least),
    open: {
      sites: open,
      ofSites: asked.length,
      highRisk: [...judged.unseen],
      surface: surfaceMap(board, reference),
    },
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

/** Side of a cell of the map of visible parts, reference pixels: large enough for a document. */
function mapCell({ width, height }: Frame): number {
  return Math.ceil(Math.max(width, height) / MAP_SIDE);
}

/** The map of visible parts in cells large enough for a document: the worst of what is judged in each. */
function coarseMap({ visible, view }: Board, frame: Frame): Inspection['coverage']['smallestVisibleMap'] {
  const side = mapCell(frame);
  const columns = Math.ceil(frame.width / side);
  const rows = Math.ceil(frame.height / side);
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

/** How much of each cell is board, and how much of it was judged: rounded so that nothing is said to be judged that was not. */
function surfaceMap(
  { judgedShare, view }: Board,
  frame: Frame,
): NonNullable<Inspection['coverage']['open']>['surface'] {
  const side = mapCell(frame);
  const columns = Math.ceil(frame.width / side);
  const rows = Math.ceil(frame.height / side);
  const cells = Array.from({ length: columns * rows }, (_, k) => {
    const [x, y] = [(k % columns) * side, Math.floor(k / columns) * side];
    return { x, y, width: Math.min(side, frame.width - x), height: Math.min(side, frame.height - y) };
  });
  const boardIn = (box: Box) => shareIn(view.board, view.surface.width, scaleBox(box, view.scale));
  return {
    columns,
    rows,
    board: cells.map((box) => Math.ceil(1e3 * boardIn(box)) / 1e3),
    judged: cells.map((box) => Math.floor(1e3 * judgedShare(box)) / 1e3),
  };
}

/** What the map says of one place of the reference, pixels; null where nothing is judged. */
export function visibleAt(
  map: NonNullable<Inspection['coverage']['smallestVisibleMap']>,
  frame: Frame,
  [x, y]: Point,
): number | null {
  const side = mapCell(frame);
  return map.px[Math.floor(y / side) * map.columns + Math.floor(x / side)] ?? null;
}
