/**
 * A failure that the user can do something about: one line that says what was expected and what was got,
 * and a hint that says what to do. The CLI prints it without a stack and exits with status 2.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    message: string,
    /** What to do about it, as a sentence; printed on a line of its own. */
    readonly hint?: string,
    /** Whatever else is wrong, a line each. */
    readonly also: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The text of anything thrown, for messages that quote a library. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
