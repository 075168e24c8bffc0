import type { Status } from './entry.js';

/** What a worker is told. */
export type ToWorker = { type: 'open'; options: unknown } | { type: 'photo'; id: number; job: Job };

/** One photo to inspect. */
export interface Job {
  path: string;
  /** Of the file when it was put on the list. */
  sha256: string;
  /** Where the results go; absolute. */
  folder: string;
}

/** What became of a photo in a worker. */
export interface Result {
  status: Status;
  reason: string | null;
  hint: string | null;
  /** Whether it may end otherwise another time. */
  again: boolean;
  /** Whether a folder of results was written. */
  written: boolean;
}

/** What a worker answers. */
export type FromWorker =
  | { type: 'ready' }
  /** Reference, model or settings cannot be used: no worker will do better. */
  | { type: 'unusable'; message: string; hint: string | null }
  | { type: 'result'; id: number; result: Result }
  /** Results cannot be written: the next photo would fare no better. */
  | { type: 'output'; message: string }
  /** Something that should not have happened; the worker ends itself. */
  | { type: 'broken'; message: string };
