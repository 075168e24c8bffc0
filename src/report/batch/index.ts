import { renderBatchCoco } from './coco.js';
import { renderBatchCsv } from './csv.js';
import { renderBatchJson } from './json.js';
import { renderBatchJsonl } from './jsonl.js';
import { renderBatchJunit } from './junit.js';
import { renderBatchMarkdown } from './markdown.js';
import type { BatchReport } from './row.js';
import { renderBatchSarif } from './sarif.js';

export { toBatchReport, toRow } from './batchReport.js';
export { type IndexDecisions, renderIndex } from './indexHtml.js';
export { judgedPhotos } from './judgedPhotos.js';
export { type JudgedPhoto, judgedPhoto } from './judgedTogether.js';
export { toLink } from './links.js';
export { byUrgency } from './order.js';
export { recurring } from './recurring.js';
export type { BatchReport, BoardRow, Row } from './row.js';
export { renderSummary } from './summary.js';

/** What a list of photos can be written as, by the name of the format. */
export const BATCH_FORMATS: Record<string, (report: BatchReport) => string> = {
  json: renderBatchJson,
  jsonl: renderBatchJsonl,
  csv: renderBatchCsv,
  junit: renderBatchJunit,
  sarif: renderBatchSarif,
  markdown: renderBatchMarkdown,
  coco: renderBatchCoco,
};
