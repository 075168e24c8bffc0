import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { UserError } from './errors.js';
import { readWithin } from './readWithin.js';

/**
 * The path of a file that belongs into a folder. Folders come from others: a link in one of them must not lead to what
 * lies elsewhere on this machine. The folder itself may be reached by a link.
 * @throws UserError when it leads out of the folder
 */
export async function placeInside(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  // What is not there is the reader's to tell.
  const [home, real] = await Promise.all([folder, path].map((at) => realpath(at).catch(() => null)));
  if (home && real && !real.startsWith(home.endsWith(sep) ? home : home + sep)) {
    throw new UserError(
      `${path}: expected a file in this folder, got a link that leads out of it`,
      'Put the file itself into the folder.',
    );
  }
  return path;
}

/**
 * Reads a file that belongs into a folder.
 * @param most bytes
 * @throws UserError when it is larger, no file, or leads out of the folder; else what the system throws
 */
export async function readInside(folder: string, name: string, most: number): Promise<Buffer> {
  return readWithin(await placeInside(folder, name), most);
}
