import { existsSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { JOURNAL } from './journal.js';

/** Extensions of photos. HEIC is among them: it cannot be read here, and its photos must not be passed over silently. */
const EXTENSIONS = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.avif', '.heic', '.heif']);

/** Whether a file is taken for a photo when a folder is listed. */
export function isPhotoName(path: string): boolean {
  return EXTENSIONS.has(extname(path).toLowerCase());
}

/** Files that mark a folder of results: of a scan, or of one inspection. */
const RESULT_MARKS = [JOURNAL, 'inspection.json'];

/** What is to be scanned. */
export interface PhotoList {
  paths: string[];
  /** Folders passed over because they hold results. */
  skipped: string[];
}

/**
 * Turns what the user named into photos: files as they are, folders with all that is below them in the order of
 * names, globs. A path that exists is never taken for a glob.
 * @param output folder of results, never listed
 * @throws UserError when something named is not there
 */
export async function listPhotos(named: readonly string[], output: string): Promise<PhotoList> {
  const list: PhotoList = { paths: [], skipped: [] };
  const own = await realpath(output).catch(() => resolve(output));
  for (const path of named) {
    const info = await stat(path).catch(() => null);
    if (info?.isDirectory()) await walk(path, own, list);
    else if (info) list.paths.push(path);
    else list.paths.push(...(await expand(path)));
  }
  return list;
}

async function walk(folder: string, own: string, list: PhotoList): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    throw new UserError(`${folder}: expected a folder that can be read, got ${error.code}`);
  });
  // By code units: the same order on every machine and in every language.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if ((await realpath(path)) === own) continue;
      const names = await readdir(path).catch(() => [] as string[]);
      if (RESULT_MARKS.some((mark) => names.includes(mark))) list.skipped.push(path);
      else await walk(path, own, list);
      continue;
    }
    if (!isPhotoName(entry.name)) continue;
    // Links to folders are not followed: they can lead in circles.
    const linked = entry.isSymbolicLink() ? await stat(path).catch(() => null) : null;
    if (entry.isFile() || linked?.isFile()) list.paths.push(path);
  }
}

async function expand(pattern: string): Promise<string[]> {
  const { glob, isDynamicPattern } = await import('tinyglobby');
  const slashed = process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern;
  const found: string[] = [];
  if (isDynamicPattern(slashed)) {
    const options = { expandDirectories: false, followSymbolicLinks: false, absolute: isAbsolute(pattern) };
    for (const path of await glob(slashed, options)) {
      if (isPhotoName(path) && !isResult(path)) found.push(path);
    }
  }
  if (found.length > 0) return found.sort((a, b) => (a < b ? -1 : 1));
  throw new UserError(
    `${pattern}: expected a photo, a folder or a glob that fits some photos, got nothing`,
    'Check the path; put globs in quotes, so that the shell leaves them alone.',
  );
}

/** Whether a file lies in a folder of results, or in its crops. */
function isResult(path: string): boolean {
  const folder = dirname(path);
  return [folder, dirname(folder)].some((at) => RESULT_MARKS.some((mark) => existsSync(join(at, mark))));
}
