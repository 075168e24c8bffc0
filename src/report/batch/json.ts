import type { BatchReport } from './row.js';

/** The whole list as one JSON document. */
export function renderBatchJson(report: BatchReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
