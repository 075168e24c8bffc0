import { readBatch } from './batchResults.js';
import { type AllFigures, decisionsOf, type FiguredBatch, figuresOf, readLedger } from './decisions/index.js';
import { judgedPhotos } from './report/batch/index.js';

/**
 * Figures of the decisions on several scans.
 * @param outputs folders that scans wrote
 * @param lot finds the lot in a photo's path; null not to tell lots apart
 * @throws UserError when a folder cannot be read
 */
export async function statsOf(
  outputs: readonly string[],
  lot: RegExp | null,
): Promise<{ figures: AllFigures; unreadable: number }> {
  const batches: FiguredBatch[] = [];
  let unreadable = 0;
  for (const output of outputs) {
    const [{ report, sites }, ledger] = await Promise.all([readBatch(output), readLedger(output)]);
    const photos = judgedPhotos(report);
    unreadable += ledger.unreadable;
    batches.push({ photos, decisions: decisionsOf(photos, ledger.entries), sites });
  }
  return { figures: figuresOf(batches, lot), unreadable };
}
