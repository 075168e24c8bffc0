import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { type Entry, entrySchema } from './entry.js';

/** The ledger's name in an output folder. */
export const LEDGER = 'decisions.jsonl';

/** What a ledger holds. */
export interface LedgerContent {
  /** In the order of writing. */
  entries: Entry[];
  /** Lines that are none: torn by a kill or a full disk, or written by hand. They are passed over and left as they are. */
  unreadable: number;
}

/** An open ledger. */
export interface Ledger {
  /** Adds a line and waits until it is on the disk. @throws UserError when that fails: then nothing was decided */
  append(entry: Entry): Promise<void>;
  close(): Promise<void>;
}

/** Reads the ledger of an output folder; none is an empty one. @throws UserError when it cannot be read */
export async function readLedger(output: string): Promise<LedgerContent> {
  let text: string;
  try {
    text = await readFile(join(output, LEDGER), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { entries: [], unreadable: 0 };
    throw new UserError(
      `${join(output, LEDGER)}: expected to read it, but that failed: ${messageOf(error)}`,
      'Check the permissions of the folder.',
    );
  }
  const lines = text.split('\n');
  const entries: Entry[] = [];
  let unreadable = 0;
  for (const [k, line] of lines.entries()) {
    if (line === '') continue;
    // Without its line break a line may have lost its end, even where it looks whole.
    const entry = k < lines.length - 1 ? parse(line) : null;
    if (entry) entries.push(entry);
    else unreadable++;
  }
  return { entries, unreadable };
}

/**
 * Opens the ledger of an output folder for adding to it. Nothing that stands in it is ever changed.
 * @throws UserError when it cannot be written
 */
export async function openLedger(output: string): Promise<Ledger> {
  const path = join(output, LEDGER);
  let file: FileHandle;
  try {
    file = await open(path, 'a+');
  } catch (error) {
    throw unusable(path, error);
  }
  return {
    async append(entry) {
      try {
        // After a torn line a new one begins, or both would be lost.
        const line = Buffer.from(`${(await endsTorn(file)) ? '\n' : ''}${JSON.stringify(entry)}\n`);
        const { bytesWritten } = await file.write(line);
        if (bytesWritten < line.length) throw new Error('no space left on the disk');
        await file.sync();
      } catch (error) {
        throw unusable(path, error);
      }
    },
    close: () => file.close(),
  };
}

async function endsTorn(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 10;
}

function parse(line: string): Entry | null {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function unusable(path: string, error: unknown): UserError {
  return new UserError(
    `${path}: expected to write the decision, but that failed: ${messageOf(error).split('\n')[0]}`,
    'Check that the folder can be written and that the disk has room, then decide again.',
  );
}
