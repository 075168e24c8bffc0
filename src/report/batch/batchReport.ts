import { type Inspection, isBatchItself, noticeOf } from '../../document/index.js';
import { VERSION } from '../../version.js';
import { largestOpen, nextStep, verdictSentence } from '../words.js';
import { toBoards } from './boards.js';
import type { JudgedPhoto } from './judgedTogether.js';
import type { BatchReport, Counts, Row } from './row.js';

/** What the journal says of a photo. */
interface Told {
  path: string;
  sha256: string | null;
  status: Row['status'];
  reason: string | null;
  hint: string | null;
  folder: string | null;
  at?: string | undefined;
}

/** A row from what the journal says of a photo, and its inspection document where there is one. */
export function toRow(told: Told, inspection: Inspection | null): Row {
  const { path, sha256, status, folder } = told;
  if (!inspection) {
    const lost = status !== 'failed';
    return {
      path,
      sha256,
      status: 'failed',
      refused: false,
      cause: null,
      reason: lost ? 'its results were deleted or damaged' : told.reason,
      hint: lost
        ? 'Start the same scan again; if its folder of results is still there, delete that first.'
        : told.hint,
      folder: null,
      reference: null,
      width: null,
      height: null,
      judgedFraction: null,
      judgedSites: 0,
      at: told.at ?? null,
      findings: [],
      weak: [],
    };
  }
  const { verdict, registration, findings, coverage, photo } = inspection;
  const open = verdict === 'not-judged';
  const refused = registration.status === 'refused';
  return {
    path,
    sha256,
    status: verdict,
    refused,
    cause: open && !refused ? (largestOpen(coverage)?.reason ?? null) : null,
    reason: open ? (registration.reason ?? verdictSentence(inspection)) : null,
    hint: open ? nextStep(inspection) : null,
    folder,
    reference: inspection.reference.name,
    width: photo.width,
    height: photo.height,
    judgedFraction: coverage.judgedFraction,
    judgedSites: inspection.sites.filter(({ verdict }) => verdict !== 'not-judged').length,
    at: told.at ?? null,
    findings,
    weak: inspection.weak ?? [],
  };
}

/**
 * Rows with what is the same for all of them.
 * @param group says by path which photos show one board; null where nothing does
 * @param lacks what the references do not give, as their documents say
 * @param judged what photos let one judge, by path: photos of one board make up for each other
 */
export function toBatchReport(
  photos: Row[],
  references: Iterable<string>,
  group: RegExp | null = null,
  lacks: readonly string[] = [],
  judged: ReadonlyMap<string, JudgedPhoto> = new Map(),
): BatchReport {
  const counts: Counts = {
    photos: photos.length,
    matches: 0,
    differs: 0,
    'not-judged': 0,
    refused: 0,
    failed: 0,
  };
  for (const { status, refused } of photos) {
    counts[status]++;
    if (refused) counts.refused++;
  }
  return {
    schemaVersion: 1,
    tool: { name: 'boardiff', version: VERSION },
    notice: noticeOf({ lacks }),
    references: [...references].sort(),
    eachOther: isBatchItself({ lacks }),
    counts,
    photos,
    boards: group && toBoards(photos, group, judged),
  };
}
