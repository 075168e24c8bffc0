import type { Row } from './row.js';

const RANK = { differs: 0, failed: 1, 'not-judged': 2, matches: 3 } as const;

/** What to look at first: photos that differ, strongest finding first, more findings first; then those that failed, were not judged, match. */
export function byUrgency(rows: readonly Row[]): Row[] {
  return [...rows].sort(
    (a, b) =>
      RANK[a.status] - RANK[b.status] ||
      (b.findings[0]?.score ?? 0) - (a.findings[0]?.score ?? 0) ||
      b.findings.length - a.findings.length ||
      (a.path < b.path ? -1 : 1),
  );
}
