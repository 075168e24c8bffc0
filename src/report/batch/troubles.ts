import { howToRetake } from '../../advice.js';
import { REASON_WORDS } from '../words.js';
import type { Row } from './row.js';

/** Photos that have no verdict for the same reason. */
export interface Trouble {
  /** What is true of all of them. */
  reason: string;
  hint: string | null;
  rows: Row[];
}

/**
 * Photos without a verdict, grouped by reason, most frequent first. Reasons that differ in numbers alone are one, with the
 * numbers from least to most; photos that show too little are one by what they mostly suffer from.
 */
export function troubles(rows: readonly Row[]): Trouble[] {
  const groups = new Map<string, { reasons: string[]; rows: Row[] }>();
  for (const row of rows) {
    if (row.reason === null) continue;
    // Messages begin with the path of what they are about.
    const reason = row.reason.startsWith(`${row.path}: `)
      ? row.reason.slice(row.path.length + 2)
      : row.reason;
    const kind = JSON.stringify(row.cause ?? [row.status, reason.replace(NUMBER, '#'), row.hint]);
    const group = groups.get(kind) ?? { reasons: [], rows: [] };
    group.reasons.push(reason);
    group.rows.push(row);
    groups.set(kind, group);
  }
  return [...groups.values()]
    .map(({ reasons, rows }): Trouble => {
      const { cause, hint } = rows[0]!;
      if (cause === null) return { reason: fromLeastToMost(reasons), hint, rows };
      const reason = `Too little could be judged: mostly ${REASON_WORDS[cause]}`;
      return { reason, hint: `${howToRetake(cause)}.`, rows };
    })
    .sort((a, b) => b.rows.length - a.rows.length || (a.reason < b.reason ? -1 : 1));
}

const NUMBER = /\d+(?:\.\d+)?/g;

/** One text for several that differ in numbers alone: "only 3 to 9 points agree". */
function fromLeastToMost(texts: readonly string[]): string {
  const numbers = texts.map((text) => text.match(NUMBER) ?? []);
  let at = 0;
  return texts[0]!.replace(NUMBER, () => {
    const sorted = numbers.map((all) => all[at]!).sort((a, b) => Number(a) - Number(b));
    at++;
    const [least, most] = [sorted[0]!, sorted.at(-1)!];
    return Number(least) === Number(most) ? least : `${least} to ${most}`;
  });
}
