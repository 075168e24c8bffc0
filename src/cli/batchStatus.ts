import type { Status } from '../batch/index.js';
import type { BoardRow } from '../report/batch/index.js';
import { EXIT } from './exitStatus.js';

const WORST_FIRST = ['failed', 'differs', 'not-judged'] as const;

/** Exit status of many photos: the worst of theirs, in the order failed, differs, not judged, matches. */
export function batchStatus(statuses: Iterable<Status>): number {
  const seen = new Set(statuses);
  return EXIT[WORST_FIRST.find((status) => seen.has(status)) ?? 'matches'];
}

/**
 * What counts where photos are grouped by board: the boards that the photos are of; a photo that failed counts itself.
 * @param photos paths and statuses
 */
export function statusesOfBoards(boards: readonly BoardRow[], photos: ReadonlyMap<string, Status>): Status[] {
  const shown = boards.filter((board) => board.photos.some(({ path }) => photos.has(path)));
  return [
    ...shown.map(({ verdict }) => verdict),
    ...[...photos.values()].filter((status) => status === 'failed'),
  ];
}
