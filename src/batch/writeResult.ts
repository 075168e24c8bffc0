import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../errors.js';

/** Marks folders that are being written; a scan removes what a killed one left of them. */
export const DRAFT = '.draft-';

/** Times a result tries to take its place; of those that want the same place one always gets it. */
const ATTEMPTS = 50;

/** Results that this process is writing. */
const writing = new Set<Promise<void>>();

/** Waits until this process is writing no results, so that it can end without leaving halves behind. */
export async function untilWritten(): Promise<void> {
  await Promise.allSettled(writing);
}

/** Results could not be written: nothing is wrong with the photo, and the scan cannot go on. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/**
 * Writes a folder of files so that it appears whole or not at all, in the place of an older one, and is on the disk
 * when this returns.
 * @param files by their paths inside of the folder
 * @throws OutputError when it cannot be written
 */
export async function writeResult(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  const written = writeWhole(folder, files);
  writing.add(written);
  try {
    await written;
  } finally {
    writing.delete(written);
  }
}

async function writeWhole(folder: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  const draft = join(dirname(folder), `${DRAFT}${basename(folder)}-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(draft, { recursive: true });
    for (const [name, content] of files) {
      const path = join(draft, name);
      await mkdir(dirname(path), { recursive: true });
      const file = await open(path, 'w');
      try {
        await file.writeFile(content);
        await file.datasync();
      } finally {
        await file.close();
      }
    }
    await takePlace(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
    throw new OutputError(
      `${folder}: expected to write it, but that failed: ${messageOf(error).split('\n')[0]}`,
    );
  }
}

/** A folder cannot be renamed over a full one: the old steps aside. Killed in between, the photo counts as missing. */
async function takePlace(draft: string, folder: string): Promise<void> {
  const old = `${draft}-old`;
  for (let attempt = 1; ; attempt++) {
    await rename(folder, old).catch(() => {});
    try {
      await rename(draft, folder);
      break;
    } catch (error) {
      // Another machine that was given the same photo got in between.
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code) || attempt >= ATTEMPTS) throw error;
      await rm(old, { recursive: true, force: true });
    }
  }
  await rm(old, { recursive: true, force: true });
}
