import { plainJson } from '../plainJson.js';
import type { BatchReport } from './row.js';

/** One JSON document a line and photo, in the order of paths. */
export function renderBatchJsonl({ photos }: BatchReport): string {
  return photos.map((row) => `${plainJson(row)}\n`).join('');
}
