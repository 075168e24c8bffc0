import { isDeepStrictEqual } from 'node:util';
import type { Change } from './diff.js';
import type { Tolerance } from './schema.js';

/** What changed in the accepted differences of a reference. */
export function diffTolerances(before: readonly Tolerance[], after: readonly Tolerance[]): Change[] {
  const old = new Map(before.map((tolerance) => [tolerance.id, tolerance]));
  const changes: Change[] = [];
  for (const tolerance of after) {
    const { id } = tolerance;
    const was = old.get(id);
    old.delete(id);
    if (!was) {
      changes.push({ kind: 'tolerance-added', id, message: `tolerance ${wordsFor(tolerance)} was added` });
    } else if (!isDeepStrictEqual(was, tolerance)) {
      changes.push({
        kind: 'tolerance-changed',
        id,
        message: `tolerance ${wordsFor(tolerance)} was changed`,
      });
    }
  }
  for (const tolerance of old.values()) {
    const message = `tolerance ${wordsFor(tolerance)} was removed`;
    changes.push({ kind: 'tolerance-removed', id: tolerance.id, message });
  }
  return changes;
}

function wordsFor({ id, kind, site, expires }: Tolerance): string {
  return `${id} (${kind}${site === null ? '' : ` at ${site}`} until ${expires})`;
}
