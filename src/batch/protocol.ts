import type { Status } from './entry.js';

/** What a worker is told. */
export type ToWorker<J = Job> = { type: 'open'; options: unknown } | { type: 'job'; id: number; job: J };

/** One photo to inspect. */
export interface Job {
  path: string;
  /** Of the file when it was put on the list. */
  sha256: string;
  /** Where the results go; absolute. */
  folder: string;
  /** What it is compared with, as the scan's aim has it. */
  plan: unknown;
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
export type FromWorker<R = Result> =
  | { type: 'ready' }
  /** Reference, model or settings cannot be used: no worker will do better. */
  | { type: 'unusable'; message: string; hint: string | null }
  | { type: 'result'; id: number; result: R }
  /** Results cannot be written: the next photo would fare no better. */
  | { type: 'output'; message: string }
  /** Something that should not have happened; the worker ends itself. */
  | { type: 'broken'; message: string };

/** A job and whatever whoever gave it wants to find with its result. */
export interface Work {
  job: Job;
}
