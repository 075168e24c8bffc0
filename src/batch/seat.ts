import { messageOf } from '../errors.js';
import type { Job, Result } from './protocol.js';
import { Worker, WorkerLost, type WorkerOptions } from './worker.js';

/** Times a photo is given to a worker at most. */
const ATTEMPTS = 2;
/** Workers that fail to start, one after the other, before it is given up. */
const MOST_FAILED_STARTS = 3;

/** A place for one worker process at a time: one that ends or hangs is replaced and its photo tried once more. */
export class Seat {
  private readonly alive = new Set<Worker>();
  private worker: Worker | null = null;

  /**
   * @param timeoutMs milliseconds a photo may take
   * @param now aborted to end everything at once
   */
  constructor(
    private readonly options: WorkerOptions,
    private readonly timeoutMs: number,
    private readonly now: AbortSignal,
  ) {}

  /**
   * Has a photo inspected.
   * @throws UserError when workers cannot be used at all, OutputError when results cannot be written, WorkerLost when
   *   no worker starts, or all was ended meanwhile
   */
  async inspect(job: Job): Promise<{ result: Result; ms: number }> {
    const started = performance.now();
    const took = () => Math.round(performance.now() - started);
    for (let attempt = 1; ; attempt++) {
      this.worker ??= await this.start();
      try {
        return { result: await this.worker.give(job, this.timeoutMs), ms: took() };
      } catch (error) {
        if (!(error instanceof WorkerLost) || this.now.aborted) throw error;
        this.end();
        if (attempt >= ATTEMPTS) return { result: lostTwice(messageOf(error)), ms: took() };
      }
    }
  }

  /** Ends its worker at once. */
  end(): void {
    for (const one of this.alive) one.kill();
    this.alive.clear();
    this.worker = null;
  }

  /** A fresh worker; a few attempts, since one may be the victim of a machine short of memory. */
  private async start(): Promise<Worker> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await Worker.start(this.options, this.alive);
      } catch (error) {
        if (!(error instanceof WorkerLost) || this.now.aborted || attempt >= MOST_FAILED_STARTS) throw error;
      }
    }
  }
}

/** What is told of a photo that no worker could get through. */
export function lostTwice(why: string): Result {
  return {
    status: 'failed',
    reason: `it could not be inspected, twice: ${why}`,
    hint: 'The next scan tries it again; with a large photo, raise --timeout or use fewer --workers.',
    again: true,
    written: false,
  };
}
