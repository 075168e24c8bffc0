import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { sha256, sha256OfFile } from '../sha256.js';
import type { Aim, Target } from './aim.js';
import { BoundedQueue } from './boundedQueue.js';
import type { Entry } from './entry.js';
import { about, aimless, retold, unreadable } from './entryOf.js';
import { itemsUntil } from './itemsUntil.js';
import { type JournalFile, openJournal } from './journal.js';
import { takeLock } from './lock.js';
import { Past } from './past.js';
import { type RunJobs, runPool } from './pool.js';
import type { Result, Work } from './protocol.js';
import { resultName } from './resultName.js';
import type { WorkerOptions } from './worker.js';
import { DRAFT, OutputError } from './writeResult.js';

/** Where results lie in an output folder. */
const PHOTOS = 'photos';
/** A draft that nobody has written to for so long belongs to nobody. */
const DEAD_MS = 3_600_000;

/** Options of {@link runBatch}. */
export interface BatchOptions {
  /** Folder of results; made where it is missing. */
  output: string;
  /** What is to be done, in order. */
  paths: Iterable<string> | AsyncIterable<string>;
  /** Stands for models, settings and program: another one makes everything missing. */
  fingerprint: string;
  /** What each photo is compared with; default: the same for all, for which `fingerprint` stands. */
  aim?: (path: string, sha256: string) => Promise<Aim>;
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
  /** Has the work done elsewhere; default: worker processes of this one. */
  runJobs?: RunJobs;
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

interface Item extends Work {
  key: string;
  asked: string | null;
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
  const { output, fingerprint, aim = sameForAll, force = false, onEntry = () => {} } = options;
  const stop = options.stop ?? new AbortController().signal;
  const now = options.now ?? new AbortController().signal;
  const shared = options.runJobs !== undefined;
  await prepareFolder(output, shared);
  const journal = await openJournal(output, options.wrapJournal);
  const past = new Past(journal.entries, output, force);
  const queue = new BoundedQueue<Item>(2 * options.workers);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const running = new Map<string, Item>();

  const tell = async (entry: Entry) => {
    await journal.append(entry);
    past.told(entry);
    onEntry(entry, true);
  };
  const onResult = async ({ job, key, asked, paths }: Item, result: Result, ms: number) => {
    const { written, ...rest } = result;
    const folder = written ? `${PHOTOS}/${resultName(key, job.path)}` : null;
    const entry: Entry = { ...about(job.path), key, asked, sha256: job.sha256, ...rest, folder, ms: 0 };
    // Paths can join while the lines are written.
    for (let k = 0; k < paths.length; k++) {
      await tell(retold({ ...entry, ms }, paths[k]!));
    }
    running.delete(key);
    past.finished(entry);
  };
  /** Puts a photo on the queue, or says at once what is known of it. */
  const take = async (path: string) => {
    const photo = await sha256OfFile(path).catch((error: NodeJS.ErrnoException) => error);
    if (typeof photo !== 'string') return tell({ ...about(path), ...unreadable(path, photo) });
    const aimed = await aim(path, photo);
    if ('reason' in aimed) return tell({ ...about(path), ...aimless(photo, aimed) });
    const keyOf = (text: string) => sha256(`${photo} ${fingerprint} ${text}`);
    const question = keyOf(aimed.question);
    let key = past.answerTo(question) ?? question;
    let target: Target | null = null;
    if (!past.of(key) && !running.has(key)) {
      target = await aimed.target();
      key = keyOf(target.identity);
    }
    const asked = key === question ? null : question;
    const same = running.get(key);
    const before = past.of(key);
    if (same) same.paths.push(path);
    else if (before) {
      const known = past.known(path, key, asked);
      if (known) onEntry(known, false);
      else await tell(retold({ ...before, asked, ms: 0 }, path));
    } else {
      const folder = resolve(output, PHOTOS, resultName(key, path));
      const job = { path, sha256: photo, folder, plan: target?.plan ?? null };
      const item = { job, key, asked, paths: [path] };
      running.set(key, item);
      await queue.put(item);
    }
  };
  const list = async () => {
    for await (const path of itemsUntil(options.paths, ended)) {
      if (stop.aborted || now.aborted) return;
      await take(path);
    }
  };
  const onStop = () => queue.close(true);
  stop.addEventListener('abort', onStop);
  now.addEventListener('abort', onStop);
  try {
    const { runJobs = runPool } = options;
    const pool = runJobs({ ...options, queue, onResult, stop, now }).finally(end);
    const listing = list().finally(() => queue.close(stop.aborted));
    const [worked, listed] = await Promise.allSettled([pool, listing]);
    if (worked.status === 'rejected') throw worked.reason;
    if (listed.status === 'rejected') throw listed.reason;
    return { unreadable: journal.unreadable, stopped: stop.aborted || now.aborted };
  } finally {
    stop.removeEventListener('abort', onStop);
    now.removeEventListener('abort', onStop);
    await journal.close();
    // Of workers that crashed or were ended while they wrote. What cannot be removed now is left to the next scan.
    await clearDrafts(join(output, PHOTOS), shared).catch(() => {});
  }
}

/** The aim of a scan that compares all photos with one reference, for which its fingerprint stands. */
async function sameForAll(): Promise<Aim> {
  return { question: '', target: async () => ({ identity: '', plan: null }) };
}

/** Makes the folder and clears away what a killed scan left half written. */
async function prepareFolder(output: string, shared: boolean): Promise<void> {
  const photos = join(output, PHOTOS);
  try {
    await mkdir(photos, { recursive: true });
    await clearDrafts(photos, shared);
  } catch (error) {
    throw new OutputError(
      `${photos}: expected a folder that can be written, but that failed: ${messageOf(error).split('\n')[0]}`,
    );
  }
}

/** @param shared whether workers on other machines may be writing, so that only old drafts are surely dead */
async function clearDrafts(photos: string, shared: boolean): Promise<void> {
  for (const name of await readdir(photos)) {
    if (!name.startsWith(DRAFT)) continue;
    const path = join(photos, name);
    const age = Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? 0);
    // The worker of a killed scan may just be writing its last file into it.
    if (!shared || age > DEAD_MS) await rm(path, { recursive: true, force: true, maxRetries: 5 });
  }
}
