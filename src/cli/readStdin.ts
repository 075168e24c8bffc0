import { messageOf, UserError } from '../errors.js';

/** Largest list of paths: more than a million. */
const MAX_LIST_BYTES = 256 * 2 ** 20;

/** All of standard input as text. @throws UserError when it is too large or cannot be read */
export async function readStdin(): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of process.stdin as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > MAX_LIST_BYTES) break;
      parts.push(part);
    }
  } catch (error) {
    throw new UserError(`-: expected a list of paths on standard input, got ${messageOf(error)}`);
  }
  if (length > MAX_LIST_BYTES) {
    throw new UserError(`-: expected a list of at most ${MAX_LIST_BYTES >> 20} MiB, got more`);
  }
  return Buffer.concat(parts).toString('utf8');
}
