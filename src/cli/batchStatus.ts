import { EXIT } from './exitStatus.js';

/** Exit status of many photos: the worst of theirs, in the order failed, differs, not judged, matches. */
export function batchStatus(counts: { failed: number; differs: number; 'not-judged': number }): number {
  if (counts.failed > 0) return EXIT.failed;
  if (counts.differs > 0) return EXIT.differs;
  return counts['not-judged'] > 0 ? EXIT['not-judged'] : EXIT.matches;
}
