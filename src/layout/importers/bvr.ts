import { UserError } from '../../errors.js';
import { readBvr1 } from './bvr1.js';
import { readBvr3 } from './bvr3.js';
import type { ImportedLayout, Importer, ImporterInput } from './imported.js';
import { startOf } from './startOf.js';

/** Blanks only: `\s` would run through all empty lines that follow, from each of them. */
const VERSION = /^[ \t]*BVRAW_FORMAT_(\d+)[ \t]*$/m;

/** Whether a file is a raw boardview: a line `BVRAW_FORMAT_n` near its beginning. */
export function looksLikeBvr(input: ImporterInput): boolean {
  return VERSION.test(startOf(input));
}

/**
 * Reads raw boardviews (.bvr), `BVRAW_FORMAT_1` in inches and `BVRAW_FORMAT_3` in thousandths of an inch.
 * @throws UserError naming the line when a record is cut off or not what it should be
 */
export const bvr: Importer = (input): ImportedLayout => {
  const version = VERSION.exec(startOf(input))?.[1];
  if (version === '1') return readBvr1(input);
  if (version === '3') return readBvr3(input);
  throw new UserError(
    `${input.name}: expected BVRAW_FORMAT_1 or BVRAW_FORMAT_3, got ${version ?? 'neither'}`,
  );
};
