import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { SeenPart } from './compare/index.js';
import type { Detector } from './detect/index.js';
import { UserError } from './errors.js';
import {
  encodeVariation,
  type KeptParts,
  REFERENCE_VERSION,
  type ReferenceFile,
  type Variation,
  writeReferenceFolder,
} from './layout/index.js';
import type { Reference } from './learn.js';
import { type Photo, type Raster, toJpeg } from './photo/index.js';
import { takeAllFeatures } from './register/index.js';
import { sha256 } from './sha256.js';
import { VERSION } from './version.js';

/** Nothing that the change model sees is lost at this quality. */
const WITNESS_JPEG = { quality: 92, chromaSubsampling: '4:4:4' } as const;

/** A golden photo as the folder lists it, and its file where it is kept. */
export interface KeptGolden {
  entry: ReferenceFile['golden'][number];
  bytes: Uint8Array | null;
}

/**
 * The first golden photo as its folder keeps it: the file itself, byte by byte.
 * @throws UserError when it is no longer the file that was learnt from
 */
export async function keepFrame({
  path,
  sha256: learnt,
}: Photo): Promise<KeptGolden & { bytes: Uint8Array }> {
  const bytes = await readFile(path);
  if (sha256(bytes) !== learnt) {
    throw new UserError(`${path}: expected a photo that stays as it is, but it changed while it was read`);
  }
  const file = `golden-1${extensionOf(path)}`;
  return { entry: { file, sha256: learnt, originalName: basename(path) }, bytes };
}

/**
 * Another golden photo as the folder lists it.
 * @param picture the photo laid onto the frame; null for one that was learnt from and is not kept
 * @param number of the photo among the golden ones, from 1
 */
export async function keepOther(
  { path, sha256: learnt }: Pick<Photo, 'path' | 'sha256'>,
  picture: Raster | null,
  number: number,
): Promise<KeptGolden> {
  const originalName = basename(path);
  if (!picture) return { entry: { file: null, sha256: learnt, originalName }, bytes: null };
  const bytes = await toJpeg(picture, WITNESS_JPEG);
  return { entry: { file: `golden-${number}.jpg`, sha256: sha256(bytes), originalName }, bytes };
}

/** What was learnt from photos of boards. */
export interface Learnt {
  /** The frame. */
  first: Reference;
  /** The frame first. */
  golden: readonly KeptGolden[];
  sites: Reference['sites'];
  variation: Variation | null;
  source: ReferenceFile['source'];
  mmPerPixel: number | null;
}

/**
 * Writes what was learnt from photos as a reference folder.
 * @param replace whether an existing reference may be replaced
 * @throws UserError when something else is in the way, or it cannot be written
 */
export async function writeLearnt(
  folder: string,
  { first, golden, sites, variation, source, mmPerPixel }: Learnt,
  detector: Detector,
  replace: boolean,
): Promise<void> {
  const varies = variation && encodeVariation(variation);
  await writeReferenceFolder(
    folder,
    {
      description: {
        schemaVersion: REFERENCE_VERSION,
        name: first.name,
        tool: { name: 'boardiff', version: VERSION },
        source,
        frame: { width: first.width, height: first.height, mmPerPixel },
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
    replace,
  );
}

/** A photo's extension as kept files have it: lower case, letters only. */
function extensionOf(path: string): string {
  const extension = extname(path)
    .toLowerCase()
    .replace(/[^.a-z]/g, '');
  return extension || '.jpg';
}

/** The outline that was learnt from the golden photo, to a tenth of a pixel. */
export function keepOutline({ outline, outlineFound }: Reference): ReferenceFile['outline'] {
  return { polygon: outline.map(([x, y]) => [round(x, 10), round(y, 10)]), found: outlineFound };
}

/** Parts as a reference folder keeps them (see {@link KeptParts}). */
export function packParts(parts: readonly SeenPart[], detector: Detector): KeptParts {
  return {
    modelSha256: detector.sha256,
    parts: parts.map(({ box, score, label, labelScore }) => [
      round(box.x, 100),
      round(box.y, 100),
      round(box.width, 100),
      round(box.height, 100),
      round(score, 1e4),
      detector.contract.classes.indexOf(label),
      round(labelScore, 1e4),
    ]),
  };
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
