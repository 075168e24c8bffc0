import type { Row } from './row.js';

/** Photos that have no verdict for the same reason. */
export interface Trouble {
  /** The reason of the first of them, with its own numbers. */
  reason: string;
  hint: string | null;
  rows: Row[];
}

/** Photos without a verdict, grouped by reason, most frequent first. Reasons that differ in numbers alone are one. */
export function troubles(rows: readonly Row[]): Trouble[] {
  const groups = new Map<string, Trouble>();
  for (const row of rows) {
    if (row.reason === null) continue;
    // Messages begin with the path of what they are about.
    const reason = row.reason.startsWith(`${row.path}: `)
      ? row.reason.slice(row.path.length + 2)
      : row.reason;
    const kind = `${row.status} ${reason.replace(/\d+(\.\d+)?/g, '#')} ${row.hint}`;
    const group = groups.get(kind);
    if (group) group.rows.push(row);
    else groups.set(kind, { reason, hint: row.hint, rows: [row] });
  }
  return [...groups.values()].sort((a, b) => b.rows.length - a.rows.length || (a.reason < b.reason ? -1 : 1));
}
