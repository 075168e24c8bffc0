import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { SeenPart } from './compare/index.js';
import type { Detector } from './detect/index.js';
import { UserError } from './errors.js';
import type { KeptParts, ReferenceFile } from './layout/index.js';
import type { Reference } from './learn.js';
import type { Photo } from './photo/index.js';
import { sha256 } from './sha256.js';

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
