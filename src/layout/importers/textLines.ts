import { UserError } from '../../errors.js';
import type { ImporterInput } from './imported.js';

/** A line of a text file, without the blanks around it. */
export interface TextLine {
  text: string;
  /** Counted from 1, for messages. */
  number: number;
}

/** Far above any layout in text; a boardview of 5,000 parts has 2 MiB. */
const MAX_BYTES = 64 * 2 ** 20;

/**
 * Lines of a text file one after another, empty ones left out. UTF-8 where it is valid, otherwise Latin-1, which old
 * tools write and which has a character for every byte.
 * @throws UserError when the file is larger than 64 MiB
 */
export function* textLines({ name, bytes }: ImporterInput): Generator<TextLine> {
  if (bytes.length > MAX_BYTES) {
    throw new UserError(`${name}: expected at most ${MAX_BYTES >> 20} MiB, got ${bytes.length >> 20} MiB`);
  }
  const all = decode(bytes);
  let number = 0;
  for (let from = 0; from < all.length; ) {
    const end = all.indexOf('\n', from);
    const to = end < 0 ? all.length : end;
    number++;
    const text = all.slice(from, to).trim();
    if (text !== '') yield { text, number };
    from = to + 1;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
