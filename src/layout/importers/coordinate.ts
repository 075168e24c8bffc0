import { UserError } from '../../errors.js';

/** A coordinate beyond this, in any unit, is no board's: 25 m in thousandths of an inch, 1 km in millimetres. */
const LARGEST = 1_000_000;

/** What `Number` reads and a layout writes; it also reads "", "0x10" and "Infinity". */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A number of a layout.
 * @param word as the file has it; undefined where the file has none
 * @param what it is, for the message
 * @param where file and line or record, for the message
 * @throws UserError when it is missing, no number or absurdly large
 */
export function coordinate(word: string | undefined, what: string, where: string): number {
  const text = word?.trim() ?? '';
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(value) <= LARGEST)) {
    const got = word === undefined ? 'none' : `"${text.slice(0, 40)}"`;
    throw new UserError(`${where}: expected ${what} as a number up to ${LARGEST}, got ${got}`);
  }
  return value;
}
