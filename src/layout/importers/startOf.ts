import type { ImporterInput } from './imported.js';

/** How much of a file is looked at to tell its format. */
const START_BYTES = 64 * 2 ** 10;

/** The beginning of a file as text, to tell its format by. Never throws. */
export function startOf({ bytes }: ImporterInput): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, START_BYTES));
}
