import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { sha256 } from '../sha256.js';
import { byPath, type SignedFile } from './statement.js';

/** Where signatures lie in a folder; they cannot cover themselves. */
export const SIGNATURES = 'signatures';
/** Files of one folder; a scan of ten thousand photos has fewer. */
const MAX_FILES = 1_000_000;
/** Stands for what cannot be signed: no file has such a hash. */
const NO_HASH = 'none';

/** What a folder holds. */
export interface FolderContent {
  files: SignedFile[];
  /**
   * What cannot be signed: links, pipes and devices, since what they lead to lies elsewhere, and names that are no text,
   * since two of them could read the same.
   */
  others: { path: string; what: string }[];
}

/**
 * Hashes all files of a folder, whatever their names, also those that begin with a dot. Left out are the signatures,
 * and the lock of a scan, which is there only while one runs.
 * @throws UserError when something cannot be read
 */
export async function listFiles(folder: string): Promise<FolderContent> {
  const content: FolderContent = { files: [], others: [] };
  await walk(folder, '', content);
  content.files.sort(byPath);
  content.others.sort(byPath);
  return content;
}

/** Files and, with a hash that none can have, what is none: for holding against a signature. */
export function withOthers({ files, others }: FolderContent): SignedFile[] {
  return [...files, ...others.map(({ path }) => ({ path, sha256: NO_HASH, size: 0 }))].sort(byPath);
}

async function walk(folder: string, inside: string, content: FolderContent): Promise<void> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true, encoding: 'buffer' }).catch(
    (error) => {
      throw new UserError(
        `${join(folder, inside)}: expected a folder that can be read: ${messageOf(error).split('\n')[0]}`,
      );
    },
  );
  let count = 0;
  for (const entry of entries) {
    const bytes = entry.name as unknown as Buffer;
    const name = bytes.toString('utf8');
    const path = inside + name;
    if (inside === '' && (name === SIGNATURES || name === 'scan.lock' || name.startsWith('.scan.lock.')))
      continue;
    count++;
    if (!Buffer.from(name).equals(bytes)) {
      content.others.push({ path: inside + bytes.toString('latin1'), what: 'a name that is not UTF-8' });
      continue;
    }
    if (content.files.length >= MAX_FILES) {
      throw new UserError(`${folder}: expected at most ${MAX_FILES} files, got more`);
    }
    if (entry.isDirectory()) await walk(folder, `${path}/`, content);
    else if (entry.isFile()) content.files.push({ path, ...(await hashFile(join(folder, path))) });
    else content.others.push({ path, what: 'a link, pipe or device' });
  }
  if (count === 0 && inside !== '') content.files.push({ path: inside, sha256: sha256(''), size: 0 });
}

/**
 * Hash and size of a file, from one reading of it.
 * @param most bytes from its beginning; default: all
 * @throws UserError when it cannot be read
 */
export async function hashFile(path: string, most = Infinity): Promise<{ sha256: string; size: number }> {
  let file: FileHandle | undefined;
  try {
    // A link that was put in its place since it was listed is not followed, a pipe not waited for.
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(2 ** 20);
    let size = 0;
    while (size < most) {
      const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, most - size), null);
      if (bytesRead === 0) break;
      hash.update(chunk.subarray(0, bytesRead));
      size += bytesRead;
    }
    return { sha256: hash.digest('hex'), size };
  } catch (error) {
    throw new UserError(`${path}: expected a file that can be read: ${messageOf(error).split('\n')[0]}`);
  } finally {
    await file?.close();
  }
}
