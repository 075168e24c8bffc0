import type { FiguredPhoto } from '../../decisions/index.js';
import type { BatchReport } from './row.js';

/** The photos of a list that decisions can be about, each content once. */
export function judgedPhotos({ photos }: Pick<BatchReport, 'photos'>): FiguredPhoto[] {
  const byFolder = new Map<string, FiguredPhoto>();
  for (const { path, folder, sha256, reference, status, findings, judgedSites, at } of photos) {
    if (folder === null || sha256 === null || reference === null) continue;
    const judged = status === 'matches' || status === 'differs';
    byFolder.set(folder, { path, folder, sha256, reference, judged, findings, judgedSites, at });
  }
  return [...byFolder.values()];
}
