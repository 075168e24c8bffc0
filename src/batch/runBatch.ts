import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { sha256, sha256OfFile } from '../sha256.js';
import { BoundedQueue } from './boundedQueue.js';
import type { Entry } from './entry.js';
import { about, retold, unreadable } from './entryOf.js';
import { itemsUntil } from './itemsUntil.js';
import { type JournalFile, openJournal } from './journal.js';
import { takeLock } from './lock.js';
import { runPool } from './pool.js';
import type { Job, Result } from './protocol.js';
import { resultName } from './resultName.js';
import type { WorkerOptions } from './worker.js';
import { DRAFT, OutputError } from './writeResult.js';

/** Where results lie in an output folder. */
const PHOTOS = 'photos';

/** Options of {@link runBatch}. */
export interface BatchOptions {
  /** Folder of results; made where it is missing. */
  output: string;
  /** What is to be done, in order. */
  paths: Iterable<string> | AsyncIterable<string>;
  /** Stands for reference, models, settings and program: another one makes everything missing. */
  fingerprint: string;
  worker: WorkerOptions;
  /** Processes, 1 and more. */
  workers: number;
  /** Milliseconds a photo may take. */
  timeoutMs: number;
  /** Whether what is done already is done again. */
  force?: boolean;
  /** Aborted to finish what is running and take nothing more. */
  stop?: AbortSignal;
  /** Aborted to end everything at once. */
  now?: AbortSignal;
  /** Called when a photo is done, and for one that was done before with `fresh` false. */
  onEntry?: (entry: Entry, fresh: boolean) => void;
  /** Puts something else in the place of the journal's file, in tests. */
  wrapJournal?: (file: JournalFile) => JournalFile;
}

/** What came of a batch. */
export interface BatchEnd {
  /** Lines of the journal that could not be read; their photos were inspected again. */
  unreadable: number;
  /** Whether it was stopped before the end of its list. */
  stopped: boolean;
}

interface Item {
  job: Job;
  key: string;
  /** Paths with the same content: inspected once, told of each. */
  paths: string[];
}

/**
 * Has a list of photos inspected by worker processes. Everything done is in the journal before the next begins, so
 * that it can be ended at any moment and started again.
 * @throws UserError when the output cannot be written or workers cannot be used
 */
export async function runBatch(options: BatchOptions): Promise<BatchEnd> {
  const release = await takeLock(options.output);
  try {
    return await runLocked(options);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    throw new UserError(
      error.message,
      'Check that the folder can be written and that the disk has room; the same command then goes on where it was.',
    );
  } finally {
    await release();
  }
}

async function runLocked(options: BatchOptions): Promise<BatchEnd> {
  const { output, fingerprint, force = false, onEntry = () => {} } = options;
  const stop = options.stop ?? new AbortController().signal;
  const now = options.now ?? new AbortController().signal;
  await prepareFolder(output);
  const journal = await openJournal(output, options.wrapJournal);
  const lastOf = new Map(journal.entries.map((entry) => [entry.file, entry]));
  const done = new Map<string, Entry>();
  for (const entry of journal.entries) {
    if (entry.key && isDone(entry, output)) done.set(entry.key, entry);
  }
  if (force) done.clear();
  const queue = new BoundedQueue<Item>(2 * options.workers);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const running = new Map<string, Item>();

  const tell = async (entry: Entry) => {
    await journal.append(entry);
    lastOf.set(entry.file, entry);
    onEntry(entry, true);
  };
  const onResult = async ({ job, key, paths }: Item, result: Result, ms: number) => {
    const { written, ...rest } = result;
    const folder = written ? `${PHOTOS}/${resultName(key, job.path)}` : null;
    const entry: Entry = { ...about(job.path), key, sha256: job.sha256, ...rest, folder, ms: 0 };
    // Paths can join while the lines are written.
    for (let k = 0; k < paths.length; k++) {
      await tell(retold({ ...entry, ms }, paths[k]!));
    }
    running.delete(key);
    if (!rest.again) done.set(key, entry);
  };
  const list = async () => {
    for await (const path of itemsUntil(options.paths, ended)) {
      if (stop.aborted || now.aborted) return;
      const photo = await sha256OfFile(path).catch((error: NodeJS.ErrnoException) => error);
      if (typeof photo !== 'string') {
        await tell({ ...about(path), ...unreadable(path, photo) });
        continue;
      }
      const key = sha256(`${photo} ${fingerprint}`);
      const same = running.get(key);
      const before = done.get(key);
      if (same) same.paths.push(path);
      else if (before) {
        const known = lastOf.get(resolve(path));
        if (known?.key === key && isDone(known, output)) onEntry(known, false);
        else await tell(retold({ ...before, ms: 0 }, path));
      } else {
        const folder = resolve(output, PHOTOS, resultName(key, path));
        const item = { job: { path, sha256: photo, folder }, key, paths: [path] };
        running.set(key, item);
        await queue.put(item);
      }
    }
  };
  const onStop = () => queue.close(true);
  stop.addEventListener('abort', onStop);
  now.addEventListener('abort', onStop);
  try {
    const pool = runPool({ ...options, queue, onResult, now }).finally(end);
    const listing = list().finally(() => queue.close(stop.aborted));
    const [worked, listed] = await Promise.allSettled([pool, listing]);
    if (worked.status === 'rejected') throw worked.reason;
    if (listed.status === 'rejected') throw listed.reason;
    return { unreadable: journal.unreadable, stopped: stop.aborted || now.aborted };
  } finally {
    stop.removeEventListener('abort', onStop);
    now.removeEventListener('abort', onStop);
    await journal.close();
  }
}

/** Makes the folder and clears away what a killed scan left half written. */
async function prepareFolder(output: string): Promise<void> {
  const photos = join(output, PHOTOS);
  try {
    await mkdir(photos, { recursive: true });
    for (const name of await readdir(photos)) {
      if (name.startsWith(DRAFT)) await rm(join(photos, name), { recursive: true, force: true });
    }
  } catch (error) {
    throw new OutputError(
      `${photos}: expected a folder that can be written, but that failed: ${messageOf(error).split('\n')[0]}`,
    );
  }
}

/** Whether nothing is left to do for what a line tells of; results that were deleted are made again. */
function isDone({ again, folder }: Entry, output: string): boolean {
  return !again && (folder === null || existsSync(join(output, folder)));
}
