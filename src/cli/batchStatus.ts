import type { Status } from '../batch/index.js';
import { EXIT } from './exitStatus.js';

const WORST_FIRST = ['failed', 'differs', 'not-judged'] as const;

/** Exit status of many photos: the worst of theirs, in the order failed, differs, not judged, matches. */
export function batchStatus(statuses: Iterable<Status>): number {
  const seen = new Set(statuses);
  return EXIT[WORST_FIRST.find((status) => seen.has(status)) ?? 'matches'];
}
