import { byPath, type SignedFile } from './statement.js';

/** A file that is not as it was signed. */
export interface FileDifference {
  path: string;
  kind: 'changed' | 'added' | 'removed';
}

/** What differs between the files that were signed and those that are there, in the order of paths. */
export function compareFiles(signed: readonly SignedFile[], found: readonly SignedFile[]): FileDifference[] {
  const before = new Map(signed.map((file) => [file.path, file]));
  const now = new Map(found.map((file) => [file.path, file]));
  const differences: FileDifference[] = [];
  for (const { path, sha256, size } of signed) {
    const file = now.get(path);
    if (!file) differences.push({ path, kind: 'removed' });
    else if (file.sha256 !== sha256 || file.size !== size) differences.push({ path, kind: 'changed' });
  }
  for (const { path } of found) if (!before.has(path)) differences.push({ path, kind: 'added' });
  return differences.sort(byPath);
}

/** Lists of a scan's folder, which every scan writes anew from what the folder holds. */
const REWRITTEN = new Set(['index.html', 'results.jsonl', 'scan.json']);

/**
 * Whether a difference is what further scans leave behind: results of other photos, and lists that tell of them.
 * @param grown whether the journal only became longer
 */
export function isGrowth({ path, kind }: FileDifference, grown: boolean): boolean {
  if (kind === 'added') return path.startsWith('photos/');
  if (kind === 'removed') return path === 'photos/'; // was empty
  return REWRITTEN.has(path) || (path === 'journal.jsonl' && grown);
}
