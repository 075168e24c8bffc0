import { messageOf } from '../errors.js';
import type { BoundedQueue } from './boundedQueue.js';
import type { Job, Result } from './protocol.js';
import { Worker, WorkerLost, type WorkerOptions } from './worker.js';

/** Times a photo is given to a worker at most. */
const ATTEMPTS = 2;
/** Workers that fail to start, one after the other, before the scan gives up. */
const MOST_FAILED_STARTS = 3;

/** Options of {@link runPool}. */
export interface PoolOptions<T extends { job: Job }> {
  queue: BoundedQueue<T>;
  worker: WorkerOptions;
  /** Processes, 1 and more. */
  workers: number;
  /** Milliseconds a photo may take. */
  timeoutMs: number;
  /** Called for each item when it is done; the worker takes the next when this is through. */
  onResult: (item: T, result: Result, ms: number) => Promise<void>;
  /** Aborted to end everything at once. */
  now: AbortSignal;
}

/**
 * Works a queue off with worker processes. One that ends or hangs is replaced and its photo tried once more.
 * @throws UserError when workers cannot be used at all, OutputError when results cannot be written; what runs
 *   beside it is finished first
 */
export async function runPool<T extends { job: Job }>(options: PoolOptions<T>): Promise<void> {
  const { queue, worker, workers, timeoutMs, onResult, now } = options;
  const alive = new Set<Worker>();
  let failedStarts = 0;
  const endAll = () => {
    for (const one of alive) one.kill();
  };
  now.addEventListener('abort', endAll);

  /** A fresh worker; a few attempts, since one may be the victim of a machine short of memory. */
  const start = async (): Promise<Worker> => {
    for (;;) {
      try {
        const fresh = await Worker.start(worker, alive);
        failedStarts = 0;
        return fresh;
      } catch (error) {
        if (!(error instanceof WorkerLost) || now.aborted || ++failedStarts >= MOST_FAILED_STARTS)
          throw error;
      }
    }
  };

  const serve = async (): Promise<void> => {
    let mine: Worker | null = null;
    for (let item = await queue.take(); item !== undefined; item = await queue.take()) {
      const started = performance.now();
      for (let attempt = 1; ; attempt++) {
        mine ??= await start();
        try {
          const result = await mine.inspect(item.job, timeoutMs);
          await onResult(item, result, Math.round(performance.now() - started));
          break;
        } catch (error) {
          if (!(error instanceof WorkerLost) || now.aborted) throw error;
          mine.kill();
          alive.delete(mine);
          mine = null;
          if (attempt < ATTEMPTS) continue;
          await onResult(item, lostTwice(error), Math.round(performance.now() - started));
          break;
        }
      }
    }
  };

  try {
    const ends = await Promise.allSettled(
      Array.from({ length: workers }, () =>
        serve().catch((error) => {
          queue.close(true);
          throw error;
        }),
      ),
    );
    if (now.aborted) return;
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  } finally {
    now.removeEventListener('abort', endAll);
    endAll();
  }
}

function lostTwice(error: unknown): Result {
  return {
    status: 'failed',
    reason: `it could not be inspected, twice: ${messageOf(error)}`,
    hint: 'The next scan tries it again; with a large photo, raise --timeout or use fewer --workers.',
    again: true,
    written: false,
  };
}
