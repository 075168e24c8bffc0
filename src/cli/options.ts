import { InvalidArgumentError } from 'commander';
import type { MinCoverage } from '../enoughJudged.js';
import { messageOf } from '../errors.js';

/** Parses a positive number, for commander. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) {
    throw new InvalidArgumentError(`expected a number above 0, got "${text}"`);
  }
  return value;
}

/** Parses a whole number above 0, for commander. */
export function positiveInteger(text: string): number {
  const value = positiveNumber(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError(`expected a whole number, got "${text}"`);
  return value;
}

/** Parses a number from 0 to 1, for commander. */
export function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1) || text.trim() === '') {
    throw new InvalidArgumentError(`expected a number from 0 to 1, got "${text}"`);
  }
  return value;
}

/** Seconds that a timer can be asked for: a day, since Node's timers turn over at 24 of them and then fire at once. */
const MAX_SECONDS = 86_400;

/** Parses a time in seconds, above 0 and at most a day, for commander. */
export function seconds(text: string): number {
  const value = positiveNumber(text);
  if (value > MAX_SECONDS) {
    throw new InvalidArgumentError(`expected at most ${MAX_SECONDS} seconds, got "${text}"`);
  }
  return value;
}

/** Processes beside each other; each takes about 1 GB. */
const MAX_WORKERS = 256;

/** Parses a number of worker processes, for commander. */
export function workerCount(text: string): number {
  const value = positiveInteger(text);
  if (value > MAX_WORKERS) {
    throw new InvalidArgumentError(`expected at most ${MAX_WORKERS} workers, got "${text}"`);
  }
  return value;
}

/** Parses a whole number from 0, for commander. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!(Number.isSafeInteger(value) && value >= 0) || text.trim() === '') {
    throw new InvalidArgumentError(`expected a whole number from 0, got "${text}"`);
  }
  return value;
}

/** Checks a regular expression that says which photos show one board, for commander. */
export function boardPattern(text: string): string {
  let groups: Record<string, string> | undefined;
  try {
    // With an empty choice it fits everything, and its groups can be seen.
    groups = new RegExp(`${text}|`, 'u').exec('')?.groups;
  } catch (error) {
    throw new InvalidArgumentError(`expected a regular expression, got "${text}": ${messageOf(error)}`);
  }
  if (groups && 'board' in groups) return text;
  throw new InvalidArgumentError(`expected a group named board, like (?<board>\\d+)_, got "${text}"`);
}

/** Parses "95,90" or "95", percent of the sites and of the surface, for commander. */
export function coverageShares(text: string): MinCoverage {
  const shares = text.split(',').map((part) => Number(part) / 100);
  const [sites, surface = sites] = shares;
  if (shares.length > 2 || !shares.every((share) => share >= 0 && share <= 1)) {
    throw new InvalidArgumentError('expected percent of the sites and of the surface, such as 95,90');
  }
  return { sites: sites!, surface: surface! };
}
