import { plainJson } from '../plainJson.js';
import type { BatchReport } from './row.js';

/** The whole list as one JSON document. */
export function renderBatchJson(report: BatchReport): string {
  return `${plainJson(report, 2)}\n`;
}
