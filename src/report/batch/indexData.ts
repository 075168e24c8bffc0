import { DECISION_WORDS, DECISIONS, type PhotoDecisions } from '../../decisions/index.js';
import { FINDING_KINDS } from '../../document/index.js';
import { showControls } from '../escape.js';
import { KIND_COLORS, KIND_WORDS, placeWords, VERDICT_COLORS, VERDICT_WORDS } from '../words.js';
import type { PackedFinding, PackedRow, SheetData } from './browser/types.js';
import { byUrgency } from './order.js';
import { type Recurring, recurring } from './recurring.js';
import type { BatchReport } from './row.js';
import { standingOut } from './standingOut.js';
import { troubles } from './troubles.js';

/** Statuses in the order of urgency, as they head a row. */
const STATUSES = [
  { status: 'differs', word: VERDICT_WORDS.differs, color: VERDICT_COLORS.differs },
  { status: 'failed', word: 'FAILED', color: '#5b6570' },
  { status: 'not-judged', word: VERDICT_WORDS['not-judged'], color: VERDICT_COLORS['not-judged'] },
  { status: 'matches', word: VERDICT_WORDS.matches, color: VERDICT_COLORS.matches },
] as const;

/** Findings of a photo that can be filtered by, strongest first: more make the page slow and help no one. */
const MOST_FINDINGS = 60;
/** Places that recur, most frequent first. */
const MOST_RECURRING = 20;
/** Boards unlike the others. */
const MOST_STANDING_OUT = 20;

/**
 * Everything that the page shows, packed small. Names arrive with their control characters made visible.
 * @param decisions by folder of results; null where none are kept
 */
export function indexData(
  { photos, eachOther }: Pick<BatchReport, 'photos' | 'eachOther'>,
  decisions: ReadonlyMap<string, PhotoDecisions> | null,
): SheetData {
  const groups = recurring(photos).slice(0, MOST_RECURRING);
  const groupOf = new Map(groups.flatMap(({ findings }, k) => [...findings].map((finding) => [finding, k])));
  const reasons = troubles(photos);
  const reasonOf = new Map(reasons.flatMap(({ rows }, k) => rows.map((row) => [row, k])));
  const references = numbering();
  const sites = numbering();
  const labels = numbering();
  const order = byUrgency(photos);
  const rows = order.map((row): PackedRow => {
    const { path, status, reference, folder, judgedFraction, findings } = row;
    const said = folder === null ? undefined : decisions?.get(folder);
    return [
      showControls(path),
      STATUSES.findIndex((known) => known.status === status),
      references.of(reference),
      folder,
      judgedFraction === null ? -1 : Math.floor(100 * judgedFraction + 1e-9),
      reasonOf.get(row) ?? -1,
      findings.length,
      findings.slice(0, MOST_FINDINGS).map((finding): PackedFinding => {
        const { id, kind, score, label, site } = finding;
        const decision = said?.findings.get(id)?.entry.decision;
        return [
          FINDING_KINDS.indexOf(kind),
          Math.round(1000 * score),
          labels.of(label),
          sites.of(site),
          groupOf.get(finding) ?? -1,
          decision ? (DECISIONS as readonly string[]).indexOf(decision) : -1,
        ];
      }),
      decisions === null ? 0 : findings.filter(({ id }) => !said?.findings.has(id)).length,
      said?.escapes.length ?? 0,
    ];
  });
  return {
    statuses: STATUSES.map(({ word, color }) => ({ word, color })),
    kinds: FINDING_KINDS.map((kind) => ({ word: KIND_WORDS[kind], color: KIND_COLORS[kind] })),
    decisions: DECISIONS.map((decision) => DECISION_WORDS[decision]),
    references: references.names,
    sites: sites.names,
    labels: labels.names,
    reasons: reasons.map(({ reason, hint, rows }) => ({
      reason: showControls(reason),
      hint: hint && showControls(hint),
      photos: rows.length,
    })),
    recurring: groups.map((group) => ({
      reference: references.of(group.reference),
      place: placeOf(group),
      kinds: group.kinds.map((kind) => FINDING_KINDS.indexOf(kind)),
      photos: group.photos,
      score: Math.round(1000 * group.score),
    })),
    standingOut: standingOut(photos)
      .slice(0, MOST_STANDING_OUT)
      .map(({ row, weak, usual }) => [order.indexOf(row), weak, Math.round(10 * usual) / 10]),
    rows,
    decided: decisions !== null,
    eachOther,
  };
}

function placeOf({ site, box }: Recurring): string {
  if (site !== null) return showControls(site);
  return box ? `at ${placeWords(box).split(' px')[0]} px` : 'unknown place';
}

/** Gives each name a number, in the order of their coming. */
function numbering(): { of(name: string | null): number; names: string[] } {
  const names: string[] = [];
  const known = new Map<string, number>();
  return {
    names,
    of(name) {
      if (name === null) return -1;
      const before = known.get(name);
      if (before !== undefined) return before;
      known.set(name, names.push(showControls(name)) - 1);
      return names.length - 1;
    },
  };
}
