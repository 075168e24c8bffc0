import { UserError } from '../../errors.js';
import type { ImporterInput } from './imported.js';

/** Far above any layout; a board of 5,000 parts has 30 MiB. */
const MAX_BYTES = 64 * 2 ** 20;

/**
 * A text file's content: UTF-8 or UTF-16 as its byte order mark says; without one UTF-8 where it is valid, otherwise
 * Latin-1, which has a character for every byte.
 * @throws UserError when the file is larger than 64 MiB
 */
export function textOf({ name, bytes }: ImporterInput): string {
  if (bytes.length > MAX_BYTES) {
    throw new UserError(`${name}: expected at most ${MAX_BYTES >> 20} MiB, got ${bytes.length >> 20} MiB`);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    // Node is built without utf-16be where it has no full ICU: bytes are swapped instead.
    const swapped = Buffer.from(bytes.subarray(0, bytes.length & ~1));
    return new TextDecoder('utf-16le').decode(swapped.swap16());
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
