import type { Inspection, Selftest } from '../document/index.js';

/** A document as text: two-space JSON with a newline at the end. */
export function renderJson(document: Inspection | Selftest): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
