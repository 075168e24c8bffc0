import type { Finding, FindingKind } from '../../document/index.js';
import { type Box, boxArea, boxCenter, intersectionArea } from '../../geometry/index.js';
import type { Row } from './row.js';

/** Findings of several boards at one site, or beside all sites in one place. */
export interface Recurring {
  reference: string;
  /** Null beside all sites. */
  site: string | null;
  /** Where, in pixels of the reference: that of the strongest finding. */
  box: Box | null;
  /** Most frequent first. */
  kinds: FindingKind[];
  /** Photos that have one. */
  photos: number;
  score: number;
  findings: Set<Finding>;
}

/** A place is the same when so much of the smaller box is shared. */
const SAME_PLACE = 0.5;
/** Side of the cells by which places are looked up, in reference pixels. */
const CELL = 128;

/**
 * Findings that two photos and more have at the same site, or where there is none in the same place: a fault of the
 * batch, or of the reference. Most photos first.
 */
export function recurring(rows: readonly Row[]): Recurring[] {
  const groups = new Map<string, Recurring & { rows: Set<Row> }>();
  const cells = new Map<string, string[]>();
  for (const row of rows) {
    for (const finding of row.findings) {
      const reference = row.reference ?? '';
      const key =
        finding.site !== null
          ? `${reference}\0s${finding.site}`
          : keyOfPlace(reference, finding, groups, cells);
      if (key === null) continue;
      const group = groups.get(key);
      if (group) {
        group.rows.add(row);
        group.findings.add(finding);
        group.score = Math.max(group.score, finding.score);
        continue;
      }
      groups.set(key, {
        reference,
        site: finding.site,
        box: finding.referenceBox,
        kinds: [],
        photos: 0,
        score: finding.score,
        findings: new Set([finding]),
        rows: new Set([row]),
      });
    }
  }
  return [...groups.values()]
    .filter(({ rows }) => rows.size > 1)
    .map(({ rows, ...group }) => ({ ...group, photos: rows.size, kinds: kindsOf(group.findings) }))
    .sort((a, b) => b.photos - a.photos || b.score - a.score);
}

/** The key of the group whose first place this is, or of a new one; null where the place is not known. */
function keyOfPlace(
  reference: string,
  { referenceBox }: Finding,
  groups: ReadonlyMap<string, Recurring>,
  cells: Map<string, string[]>,
): string | null {
  if (!referenceBox) return null;
  const [x, y] = boxCenter(referenceBox).map((value) => Math.floor(value / CELL)) as [number, number];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      for (const key of cells.get(`${reference}\0${x + dx},${y + dy}`) ?? []) {
        const { box } = groups.get(key)!;
        const smaller = Math.min(boxArea(box!), boxArea(referenceBox));
        if (smaller > 0 && intersectionArea(box!, referenceBox) / smaller >= SAME_PLACE) return key;
      }
    }
  }
  const cell = `${reference}\0${x},${y}`;
  const list = cells.get(cell) ?? [];
  cells.set(cell, list);
  const key = `${cell}\0${list.length}`;
  list.push(key);
  return key;
}

function kindsOf(findings: ReadonlySet<Finding>): FindingKind[] {
  const counts = new Map<FindingKind, number>();
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([kind]) => kind);
}
