import { decisionsOf, figuresOf, type LedgerContent } from './decisions/index.js';
import { type BatchReport, type IndexDecisions, judgedPhotos } from './report/batch/index.js';
import { renderStatsHtml } from './report/stats/index.js';

/**
 * What a contact sheet says of decisions: whose finding was decided how, figures, and what could not be read.
 */
export function indexDecisions(report: BatchReport, { entries, unreadable }: LedgerContent): IndexDecisions {
  const photos = judgedPhotos(report);
  const decisions = decisionsOf(photos, entries);
  const figures = figuresOf([{ photos, decisions, sites: new Map() }]);
  return {
    photos: decisions,
    figures: entries.length > 0 ? renderStatsHtml(figures) : '',
    remarks: unreadable > 0 ? [passedOver(unreadable)] : [],
  };
}

/** What is told of lines of the ledger that could not be read. */
export function passedOver(lines: number): string {
  return lines === 1
    ? 'One line of decisions.jsonl could not be read and was passed over: what it said has to be decided again.'
    : `${lines} lines of decisions.jsonl could not be read and were passed over: what they said has to be decided again.`;
}
