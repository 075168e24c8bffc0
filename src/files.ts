import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, UserError } from './errors.js';

/**
 * Writes a file so that readers see the old content or the new, never half of it: into a neighbour first, then
 * renamed over it.
 * @throws UserError when the folder cannot be written
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const neighbour = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.part`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(neighbour, content);
    await rename(neighbour, path);
  } catch (error) {
    await rm(neighbour, { force: true }).catch(() => {});
    throw new UserError(
      `${path}: expected to write it, but that failed: ${messageOf(error).split('\n')[0]}`,
      'Check that the folder can be written and that the disk has room.',
    );
  }
}
