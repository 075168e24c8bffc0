import type { Entry } from '../batch/index.js';
import { showControls } from '../report/escape.js';

/** Milliseconds between two pictures of the progress line. */
const EVERY_MS = 200;

/** How far a scan is, on a terminal as one line that changes, else as a line a photo. */
export class Progress {
  private readonly counts = { matches: 0, differs: 0, 'not-judged': 0, failed: 0 };
  private done = 0;
  private before = 0;
  private drawn = 0;
  private readonly started = Date.now();

  /**
   * @param total photos in the list; null when it has no end
   * @param columns of the terminal; null when there is none
   */
  constructor(
    private readonly err: (text: string) => void,
    private readonly total: number | null,
    private readonly columns: number | null,
  ) {}

  /** A photo is done; `fresh` is false when it was before. */
  add({ path, status, ms }: Entry, fresh: boolean): void {
    this.done++;
    this.counts[status]++;
    if (!fresh) this.before++;
    if (this.columns === null) {
      const of = this.total === null ? '' : `/${this.total}`;
      if (fresh)
        this.err(`${this.done}${of} ${status} ${showControls(path)} (${(ms / 1000).toFixed(1)} s)\n`);
      return;
    }
    if (Date.now() - this.drawn < EVERY_MS && this.done !== this.total) return;
    this.drawn = Date.now();
    this.err(`\r\x1b[K${this.line().slice(0, this.columns - 1)}`);
  }

  /** Leaves the line to what comes next. */
  end(): void {
    if (this.columns !== null && this.drawn > 0) this.err('\r\x1b[K');
    if (this.before > 0) this.err(`${this.before} of ${this.done} were done before.\n`);
  }

  private line(): string {
    const seconds = (Date.now() - this.started) / 1000;
    const rate = (this.done - this.before) / Math.max(seconds, 0.001);
    const left = this.total === null || rate === 0 ? null : (this.total - this.done) / rate;
    const { differs, failed } = this.counts;
    return [
      this.total === null ? `${this.done} done` : `${this.done} of ${this.total} done`,
      `${differs} differing`,
      `${this.counts['not-judged']} not judged`,
      `${failed} failed`,
      `${(60 * rate).toFixed(1)} a minute`,
      ...(left === null ? [] : [`${duration(left)} left`]),
    ].join(', ');
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
