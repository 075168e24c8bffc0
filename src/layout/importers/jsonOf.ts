import { messageOf, UserError } from '../../errors.js';
import type { ImporterInput } from './imported.js';

/** Far above any layout; what it unpacks to fits into memory. */
const MAX_BYTES = 64 * 2 ** 20;

/**
 * Content of a JSON file.
 * @throws UserError when it is too large or no JSON
 */
export function jsonOf({ name, bytes }: ImporterInput): unknown {
  if (bytes.length > MAX_BYTES) {
    throw new UserError(`${name}: expected at most ${MAX_BYTES >> 20} MiB, got ${bytes.length >> 20} MiB`);
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    // V8 quotes the text around the fault; the first line is enough to find it.
    throw new UserError(`${name}: expected JSON, got something else: ${messageOf(error).split('\n')[0]}`);
  }
}
