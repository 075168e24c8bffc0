import { basename, extname } from 'node:path';
import type { Models } from './detect/index.js';
import { UserError } from './errors.js';
import { type KeptGolden, keepFrame, keepOutline, packParts } from './keepReference.js';
import { encodeVariation, MAX_GOLDEN, REFERENCE_VERSION, writeReferenceFolder } from './layout/index.js';
import { learn, openReference, type Reference } from './learn.js';
import { type LeftOut, learnFromOthers } from './learnFromOthers.js';
import { type ReadOptions, readPhoto, toJpeg } from './photo/index.js';
import { takeAllFeatures } from './register/index.js';
import { sha256 } from './sha256.js';
import { VERSION } from './version.js';

/** Other good boards that are kept to be asked at every inspection; more cost time and add little. */
const MOST_WITNESSES = 4;
/** Nothing that the change model sees is lost at this quality. */
const WITNESS_JPEG = { quality: 92, chromaSubsampling: '4:4:4' } as const;

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
    const originalName = basename(path);
    if (golden.length > MOST_WITNESSES) {
      golden.push({ entry: { file: null, sha256: other.sha256, originalName }, bytes: null });
      continue;
    }
    const bytes = await toJpeg(result.picture, WITNESS_JPEG);
    const file = `golden-${golden.length + 1}.jpg`;
    golden.push({ entry: { file, sha256: sha256(bytes), originalName }, bytes });
  }
  if (leftOut.length > otherPaths.length / 2) {
    throw new UserError(
      `${firstPath}: expected photos of one board model, but ${leftOut.length} of ${otherPaths.length} others do not fit this one`,
      `The first of them: ${leftOut[0]!.reason}. Name a good, sharp photo first.`,
    );
  }
  const { sites, variation } = others.result();
  const varies = variation && encodeVariation(variation);
  await writeReferenceFolder(
    folder,
    {
      description: {
        schemaVersion: REFERENCE_VERSION,
        name: first.name,
        tool: { name: 'boardiff', version: VERSION },
        source: { kind: 'photos', file: null, side: null, lacks: options.mmPerPixel ? [] : ['scale'] },
        frame: { width: first.width, height: first.height, mmPerPixel: options.mmPerPixel ?? null },
        golden: golden.map(({ entry }) => entry),
        variation: varies && { file: 'variation.bin', sha256: sha256(varies) },
        outline: keepOutline(first),
        variants: [],
        regions: [],
        sites: sites.map(({ shown: _, ...site }) => site),
      },
      golden: golden.flatMap(({ bytes }) => bytes ?? []),
      ...(varies ? { variation: varies } : {}),
      features: await takeAllFeatures(first.registration),
      parts: packParts(first.goldenParts, detector),
    },
    options.force ?? false,
  );
  return openReference(folder, detector, options);
}
