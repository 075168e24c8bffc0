import type { Entry } from './entry.js';

/** The last that was said of each file, in the order of paths. */
export function latest(entries: readonly Entry[]): Entry[] {
  const last = new Map<string, Entry>();
  for (const entry of entries) last.set(entry.file, entry);
  return [...last.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
