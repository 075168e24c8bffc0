import { resolve } from 'node:path';
import type { Entry } from './entry.js';

/** Which file, and when. */
export function about(path: string): Pick<Entry, 'version' | 'path' | 'file' | 'at'> {
  return { version: 1, path, file: resolve(path), at: new Date().toISOString() };
}

/** The same of another file with the same content; messages name the file that they are about. */
export function retold(entry: Entry, path: string): Entry {
  const reason = entry.reason?.replaceAll(entry.path, () => path) ?? null;
  return { ...entry, ...about(path), reason };
}

/** A photo that could not even be hashed. */
export function unreadable(
  path: string,
  { code, message }: NodeJS.ErrnoException,
): Omit<Entry, 'version' | 'path' | 'file' | 'at'> {
  const why =
    code === 'ENOENT' ? 'no such file, or it went away' : code === 'EACCES' ? 'permission denied' : message;
  return {
    key: null,
    asked: null,
    sha256: null,
    status: 'failed',
    reason: `${path}: expected a photo, but it cannot be read: ${why}`,
    hint: 'Check the path; the next scan tries it again.',
    again: true,
    folder: null,
    ms: 0,
  };
}

/** A photo of which nobody can say what to compare it with. */
export function aimless(
  sha256: string,
  { reason, hint }: { reason: string; hint: string | null },
): Omit<Entry, 'version' | 'path' | 'file' | 'at'> {
  const nothing = { key: null, asked: null, folder: null, ms: 0 };
  return { ...nothing, sha256, status: 'failed', reason, hint, again: true };
}
