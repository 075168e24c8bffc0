import { UserError } from '../errors.js';
import { mapPoint } from '../geometry/index.js';
import { isReferenceFolder } from '../isReferenceFolder.js';
import { readDescription } from '../layout/index.js';
import { type ReadOptions, readPhoto } from '../photo/index.js';
import {
  COMPACT_SIDE,
  type CompactFeatures,
  findBoardOutline,
  resizing,
  takeCompactFeatures,
} from '../register/index.js';

/**
 * Takes the compact features of a reference from a small copy of its golden photo.
 * @throws UserError when it has none that can be read
 */
export async function learnCompact(path: string, options: ReadOptions): Promise<CompactFeatures> {
  const small = { ...options, shrinkTo: COMPACT_SIDE };
  if (!(await isReferenceFolder(path))) {
    const { pixels } = await readPhoto(path, small);
    return takeCompactFeatures(pixels, 'reference', (await findBoardOutline(pixels)).polygon);
  }
  const { description, goldenPaths } = await readDescription(path);
  if (goldenPaths[0] === undefined) {
    throw new UserError(
      `${path}: expected a reference with a golden photo, got a layout alone`,
      'Import the layout again with --photo GOLDEN.jpg, so that it is fitted to a photo of a good board.',
    );
  }
  const { pixels } = await readPhoto(goldenPaths[0], small);
  const toSmall = resizing(description.frame, pixels);
  const outline = description.outline.polygon.map((corner) => mapPoint(toSmall, corner));
  return takeCompactFeatures(pixels, 'reference', outline);
}
