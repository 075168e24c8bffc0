import type { Inspection, Selftest } from '../document/index.js';
import { plainJson } from './plainJson.js';

/** A document, or a list of them, as text: two-space JSON with a newline at the end. */
export function renderJson(document: Inspection | Selftest | readonly Inspection[]): string {
  return `${plainJson(document, 2)}\n`;
}
