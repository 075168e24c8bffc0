import type { Mismatch } from './modelFiles.js';

/** One check of a model against its contract. */
export interface ModelCheck {
  /** What was checked, in a word or two. */
  name: string;
  ok: boolean;
  /** What was found, or "expected …, got …". */
  detail: string;
  /** The two sides of a difference; null where the check is ok. */
  expected: string | null;
  got: string | null;
  /** What to do about a difference; null where the check is ok. */
  hint: string | null;
}

/** The checks of one model, in the order in which they were made. */
export class CheckList {
  readonly checks: ModelCheck[] = [];

  /** @param detail what was found */
  ok(name: string, detail: string): void {
    this.checks.push({ name, ok: true, detail, expected: null, got: null, hint: null });
  }

  differs(name: string, { expected, got, hint }: Mismatch): void {
    this.checks.push({ name, ok: false, detail: `expected ${expected}, got ${got}`, expected, got, hint });
  }
}
