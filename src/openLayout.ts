import { decodeVariation, readReferenceFolder } from './layout/index.js';
import { type ReadOptions, resize } from './photo/index.js';
import { readGolden } from './readGolden.js';
import type { LayoutView } from './report/layout/index.js';

/**
 * Opens a reference folder to look at its layout: without models, and also where no photo was fitted to it yet.
 * @returns the layout and the hash of the reference.json it was read from
 * @throws UserError when the folder holds no reference, or its photo was altered
 */
export async function openLayout(
  folder: string,
  options: ReadOptions = {},
): Promise<LayoutView & { revision: string }> {
  const { description, sha256, goldenPaths, variation } = await readReferenceFolder(folder);
  return {
    description,
    revision: sha256,
    golden: await openGolden(goldenPaths[0], description, options),
    variation: variation ? decodeVariation(variation) : null,
  };
}

async function openGolden(
  path: string | undefined,
  { frame, golden }: LayoutView['description'],
  options: ReadOptions,
): Promise<LayoutView['golden']> {
  const kept = golden.find(({ file }) => file !== null);
  if (path === undefined || !kept) return null;
  const { pixels } = await readGolden(path, kept.sha256, options);
  const { width, height } = frame;
  return pixels.width === width && pixels.height === height ? pixels : resize(pixels, width, height);
}
