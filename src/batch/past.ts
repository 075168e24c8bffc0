import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Entry } from './entry.js';

/** What the journal tells of earlier photos, and this scan of its own. */
export class Past {
  private readonly lastOf = new Map<string, Entry>();
  private readonly done = new Map<string, Entry>();
  /** What was found to be compared with: key by question. */
  private readonly answers = new Map<string, string>();

  /** @param forget whether all is to be done again */
  constructor(
    entries: readonly Entry[],
    private readonly output: string,
    forget: boolean,
  ) {
    for (const entry of entries) {
      this.told(entry);
      if (!forget) this.finished(entry);
    }
  }

  /** A line was written. */
  told(entry: Entry): void {
    this.lastOf.set(entry.file, entry);
    if (entry.asked !== null && entry.key !== null) this.answers.set(entry.asked, entry.key);
  }

  /** Nothing is left to do for a key, unless it may end otherwise another time or its results are gone. */
  finished(entry: Entry): void {
    if (entry.key !== null && this.isDone(entry)) this.done.set(entry.key, entry);
  }

  /** The key that a question led to; null where it was never asked. */
  answerTo(asked: string): string | null {
    return this.answers.get(asked) ?? null;
  }

  /** What was told when a key was done. */
  of(key: string): Entry | undefined {
    return this.done.get(key);
  }

  /** What was told last of a file, if that is about this very key and question and still holds. */
  known(path: string, key: string, asked: string | null): Entry | null {
    const last = this.lastOf.get(resolve(path));
    return last?.key === key && last.asked === asked && this.isDone(last) ? last : null;
  }

  /** Results that were deleted are made again. */
  private isDone({ again, folder }: Entry): boolean {
    return !again && (folder === null || existsSync(join(this.output, folder)));
  }
}
