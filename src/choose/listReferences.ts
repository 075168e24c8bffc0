import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isPhotoName } from '../batch/index.js';
import { UserError } from '../errors.js';
import type { ReferenceSource } from './plan.js';
import { readSource } from './readSource.js';

/**
 * All references below a folder: reference folders and golden photos, in the order of names.
 * @throws UserError when there are none, or one of them is damaged
 */
export async function listReferences(folder: string): Promise<ReferenceSource[]> {
  const info = await stat(folder).catch(() => null);
  if (!info?.isDirectory() || existsSync(join(folder, 'reference.json'))) {
    const got = info ? (info.isDirectory() ? 'a single reference' : 'a file') : 'no such folder';
    throw new UserError(
      `--references: expected a folder of references, got ${got}: ${folder}`,
      'Name the folder that the references are in, or one reference with --reference.',
    );
  }
  const paths: string[] = [];
  await walk(folder, paths);
  if (paths.length === 0) {
    throw new UserError(
      `--references: expected reference folders or golden photos, got none in ${folder}`,
      'Make one with: boardiff reference create GOLDEN.jpg -o DIR',
    );
  }
  const sources: ReferenceSource[] = [];
  for (const path of paths) sources.push(await readSource(path, null));
  return sources;
}

async function walk(folder: string, into: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  // By code units: the same order on every machine and in every language.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (existsSync(join(path, 'reference.json'))) into.push(path);
      else await walk(path, into);
    } else if (entry.isFile() && isPhotoName(entry.name)) into.push(path);
  }
}
