import type { Inspection } from '../document/index.js';

/** The inspection document as text: two-space JSON with a newline at the end. */
export function renderJson(inspection: Inspection): string {
  return `${JSON.stringify(inspection, null, 2)}\n`;
}
