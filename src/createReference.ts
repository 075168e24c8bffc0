import { basename, extname } from 'node:path';
import type { Models } from './detect/index.js';
import { UserError } from './errors.js';
import { type KeptGolden, keepFrame, keepOther, writeLearnt } from './keepReference.js';
import { MAX_GOLDEN } from './layout/index.js';
import { learn, openReference, type Reference } from './learn.js';
import { type LeftOut, learnFromOthers } from './learnFromOthers.js';
import { type ReadOptions, readPhoto } from './photo/index.js';

/** Other good boards that are kept to be asked at every inspection; more cost time and add little. */
const MOST_WITNESSES = 4;

/** Options of {@link createReference}. */
export interface CreateOptions extends ReadOptions {
  /** Name of the board; default: the first golden photo's file name. */
  name?: string;
  /** Millimetres a pixel of the first golden photo, where known. */
  mmPerPixel?: number;
  /** Replace a reference that is there already. */
  force?: boolean;
  /** Told of every golden photo that was learnt from or left out. */
  onGolden?: (path: string, leftOut: LeftOut | null) => void;
}

/**
 * Learns a reference from photos of good boards and writes it to a folder. The first photo is the reference frame; of
 * the others, one after another, it is learnt how much good boards differ and which parts they agree on.
 * @param goldenPaths 1 to 50 photos of one side of boards of one model
 * @returns the reference as written
 * @throws UserError when a photo cannot be read, the folder not be written, or most photos do not fit the first
 */
export async function createReference(
  goldenPaths: readonly string[],
  folder: string,
  models: Models,
  options: CreateOptions = {},
): Promise<Reference> {
  const [firstPath, ...otherPaths] = goldenPaths;
  if (firstPath === undefined) throw new UserError('expected at least one photo of a good board, got none');
  if (goldenPaths.length > MAX_GOLDEN) {
    throw new UserError(`expected at most ${MAX_GOLDEN} photos of good boards, got ${goldenPaths.length}`);
  }
  const { detector } = models;
  const photo = await readPhoto(firstPath, options);
  const first = await learn(photo, options.name ?? basename(firstPath, extname(firstPath)), detector);
  options.onGolden?.(firstPath, null);

  const golden: KeptGolden[] = [await keepFrame(photo)];
  const leftOut: LeftOut[] = [];
  const others = learnFromOthers(first, models);
  for (const path of otherPaths) {
    const other = await readPhoto(path, options);
    const result = await others.add(other.pixels, other.sha256);
    options.onGolden?.(path, 'reason' in result ? result : null);
    if ('reason' in result) {
      leftOut.push(result);
      continue;
    }
    const keep = golden.length <= MOST_WITNESSES;
    golden.push(await keepOther(other, keep ? result.picture : null, golden.length + 1));
  }
  if (leftOut.length > otherPaths.length / 2) {
    throw new UserError(
      `${firstPath}: expected photos of one board model, but ${leftOut.length} of ${otherPaths.length} others do not fit this one`,
      `The first of them: ${leftOut[0]!.reason}. Name a good, sharp photo first.`,
    );
  }
  await writeLearnt(
    folder,
    {
      first,
      golden,
      ...others.result(),
      source: { kind: 'photos', file: null, side: null, lacks: options.mmPerPixel ? [] : ['scale'] },
      mmPerPixel: options.mmPerPixel ?? null,
    },
    detector,
    options.force ?? false,
  );
  return openReference(folder, detector, options);
}
