import type { BoundedQueue } from './boundedQueue.js';
import type { Result, Work } from './protocol.js';
import { Seat } from './seat.js';
import type { WorkerOptions } from './worker.js';

/** Options of {@link runPool}. */
export interface PoolOptions<T extends Work> {
  queue: BoundedQueue<T>;
  worker: WorkerOptions;
  /** Processes, 1 and more. */
  workers: number;
  /** Milliseconds a photo may take. */
  timeoutMs: number;
  /** Called for each item when it is done; the worker takes the next when this is through. */
  onResult: (item: T, result: Result, ms: number) => Promise<void>;
  /** Aborted to finish what is running; `queue` is closed then. */
  stop: AbortSignal;
  /** Aborted to end everything at once. */
  now: AbortSignal;
}

/** Whatever works a queue off: worker processes of this one, or others elsewhere. */
export type RunJobs = <T extends Work>(options: PoolOptions<T>) => Promise<void>;

/**
 * Works a queue off with worker processes.
 * @throws UserError when workers cannot be used at all, OutputError when results cannot be written; what runs
 *   beside it is finished first
 */
export async function runPool<T extends Work>(options: PoolOptions<T>): Promise<void> {
  const { queue, worker, workers, timeoutMs, onResult, now } = options;
  const seats = Array.from({ length: workers }, () => new Seat(worker, timeoutMs, now));
  const endAll = () => {
    for (const seat of seats) seat.end();
  };
  now.addEventListener('abort', endAll);

  const serve = async (seat: Seat): Promise<void> => {
    for (let item = await queue.take(); item !== undefined; item = await queue.take()) {
      const { result, ms } = await seat.inspect(item.job);
      await onResult(item, result, ms);
    }
  };

  try {
    const ends = await Promise.allSettled(
      seats.map((seat) =>
        serve(seat).catch((error) => {
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
