import { InvalidArgumentError } from 'commander';

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

/** Parses a whole number from 0, for commander. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!(Number.isSafeInteger(value) && value >= 0) || text.trim() === '') {
    throw new InvalidArgumentError(`expected a whole number from 0, got "${text}"`);
  }
  return value;
}
