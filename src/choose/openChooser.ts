import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { writeAtomically } from '../files.js';
import { readPhoto } from '../photo/index.js';
import { BoardIndex, COMPACT_SIDE, type CompactFeatures, takeCompactFeatures } from '../register/index.js';
import { COMPACT_VERSION, decodeCompact, encodeCompact } from './compactFile.js';
import { learnCompact } from './learnCompact.js';
import type { ReferenceSource } from './plan.js';

/** What the process that chooses is started with. */
export interface ChooserSettings {
  /** Where compact features are kept between scans. */
  cache: string;
  maxPixels?: number | undefined;
}

/** What it is asked: to learn one more reference, or which of those it knows a photo shows. */
export type Question = { learn: ReferenceSource } | { photo: string };

/** What it answers: references by their number in the order of learning, most like first. */
export type Answer =
  | { learned: true }
  | { ranked: { reference: number; score: number }[] }
  /** Something is wrong with the file that was asked about. */
  | { wrong: string; hint: string | null };

/** Opens the side of the choice that looks at pictures. */
export function openChooser({ cache, maxPixels }: ChooserSettings): (question: Question) => Promise<Answer> {
  const limits = maxPixels ? { maxPixels } : {};
  const known: CompactFeatures[] = [];
  let index: BoardIndex | null = null;

  const learn = async ({ path, sha256 }: ReferenceSource): Promise<Answer> => {
    const file = join(cache, `${sha256}.v${COMPACT_VERSION}.json`);
    let compact = decodeCompact(await readFile(file, 'utf8').catch(() => ''));
    if (!compact) {
      compact = await learnCompact(path, limits);
      await writeAtomically(file, encodeCompact(compact));
    }
    known.push(compact);
    index = null;
    return { learned: true };
  };

  const rank = async (path: string): Promise<Answer> => {
    const { pixels } = await readPhoto(path, { ...limits, shrinkTo: COMPACT_SIDE });
    const photo = await takeCompactFeatures(pixels, 'photo');
    index ??= new BoardIndex(known);
    return { ranked: (await index.rank(photo)).map(({ board, score }) => ({ reference: board, score })) };
  };

  return async (question) => {
    try {
      return 'learn' in question ? await learn(question.learn) : await rank(question.photo);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { wrong: messageOf(error), hint: error.hint ?? null };
    }
  };
}
