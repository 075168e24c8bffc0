import type { Tolerance } from './schema.js';

/** The day it is, in UTC, as YYYY-MM-DD. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Accepted differences that have not expired. @param day YYYY-MM-DD */
export function inForce(tolerances: readonly Tolerance[] | undefined, day: string): Tolerance[] {
  return (tolerances ?? []).filter(({ expires }) => day <= expires);
}
