import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { readWithin } from '../readWithin.js';
import { type Entry, entrySchema } from './entry.js';

/** The journal's name in an output folder. */
export const JOURNAL = 'journal.jsonl';

/** Largest journal that is read: more than a million photos. */
const MAX_JOURNAL_BYTES = 1024 * 2 ** 20;
/** Longest line that can be one: several paths of 4,096 bytes, every character escaped, are below. */
const MAX_LINE_BYTES = 2 ** 20;

/** What a journal holds. */
export interface JournalContent {
  /** In the order of writing. */
  entries: Entry[];
  /** Lines in the middle that are none: their photos are inspected again. */
  unreadable: number;
  /** Bytes up to the end of the last whole line; what comes after was torn by a kill or a full disk. */
  wholeBytes: number;
}

/** An open journal. */
export interface Journal extends JournalContent {
  /** Adds a line and waits until it is on the disk. @throws UserError when that fails */
  append(entry: Entry): Promise<void>;
  close(): Promise<void>;
}

/** The part of a file that a journal writes to; tests put a full disk in its place. */
export type JournalFile = Pick<FileHandle, 'write' | 'datasync' | 'close'>;

/** Reads the journal of an output folder; none is an empty one. */
export async function readJournal(output: string): Promise<JournalContent> {
  let bytes: Buffer;
  try {
    bytes = await readWithin(join(output, JOURNAL), MAX_JOURNAL_BYTES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { entries: [], unreadable: 0, wholeBytes: 0 };
    throw error instanceof UserError ? error : unusable(output, error);
  }
  const wholeBytes = bytes.lastIndexOf(10) + 1;
  const entries: Entry[] = [];
  let unreadable = 0;
  for (let at = 0, end = bytes.indexOf(10); end >= 0; at = end + 1, end = bytes.indexOf(10, at)) {
    if (end === at) continue;
    const entry = end - at > MAX_LINE_BYTES ? null : parse(bytes.toString('utf8', at, end));
    if (entry) entries.push(entry);
    else unreadable++;
  }
  return { entries, unreadable, wholeBytes };
}

/**
 * Opens the journal of an output folder for adding to it. A torn last line is cut off.
 * @param wrap puts something else in the place of the file
 * @throws UserError when it cannot be read or written
 */
export async function openJournal(
  output: string,
  wrap: (file: JournalFile) => JournalFile = (file) => file,
): Promise<Journal> {
  const content = await readJournal(output);
  let handle: FileHandle;
  try {
    handle = await open(join(output, JOURNAL), 'a');
    const { size } = await handle.stat();
    if (size > content.wholeBytes) await handle.truncate(content.wholeBytes);
  } catch (error) {
    throw unusable(output, error);
  }
  const file = wrap(handle);
  return {
    ...content,
    append: (entry) => appendLine(file, entry, output),
    close: () => file.close(),
  };
}

/** One write, so that other readers see whole lines, and one flush, so that a power cut does too. */
async function appendLine(file: JournalFile, entry: Entry, output: string): Promise<void> {
  const line = Buffer.from(`${JSON.stringify(entry)}\n`);
  try {
    const { bytesWritten } = await file.write(line);
    if (bytesWritten < line.length) throw new Error('no space left on the disk');
    await file.datasync();
  } catch (error) {
    throw unusable(output, error);
  }
}

function parse(line: string): Entry | null {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function unusable(output: string, error: unknown): UserError {
  return new UserError(
    `${join(output, JOURNAL)}: expected to write what is done, but that failed: ${messageOf(error).split('\n')[0]}`,
    'Check that the folder can be written and that the disk has room; the same command then goes on where it was.',
  );
}
