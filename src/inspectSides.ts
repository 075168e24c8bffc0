import type { Models } from './detect/index.js';
import type { Inspection, Verdict } from './document/index.js';
import { type InspectOptions, inspectBoard } from './inspect.js';
import type { Reference } from './learn.js';
import type { Photo } from './photo/index.js';
import { registerPhoto } from './register/index.js';

/** One side of a board. */
export interface Side {
  reference: Reference;
  /** Those of the photos that show it, in the order they were given. */
  photos: Photo[];
  /** null where no photo shows it. */
  inspection: Inspection | null;
}

const WORST_FIRST: readonly Verdict[] = ['differs', 'not-judged', 'matches'];

/**
 * Inspects all sides of one board. Each photo goes to the side whose reference it can be laid onto; one that fits none of
 * them goes to the side that it has most in common with, where it is refused.
 * @param photos one and more
 * @param references one a side
 * @returns a side each, in the order of the references, and the worst of their verdicts; a side that no photo shows is not
 *   judged
 */
export async function inspectSides(
  photos: readonly Photo[],
  references: readonly Reference[],
  models: Models,
  options: InspectOptions = {},
): Promise<{ verdict: Verdict; sides: Side[] }> {
  const sides = references.map((reference): Side => ({ reference, photos: [], inspection: null }));
  for (const photo of photos) sides[await sideOf(photo, references)]!.photos.push(photo);
  for (const side of sides) {
    if (side.photos.length > 0)
      side.inspection = await inspectBoard(side.photos, side.reference, models, options);
  }
  const verdicts = sides.map(({ inspection }) => inspection?.verdict ?? 'not-judged');
  return { verdict: WORST_FIRST.find((verdict) => verdicts.includes(verdict))!, sides };
}

/** Index of the reference that a photo can be laid onto, the better one where it can be laid onto several. */
async function sideOf({ pixels }: Photo, references: readonly Reference[]): Promise<number> {
  const fits: number[] = [];
  for (const { registration } of references) {
    const { status, inliers } = await registerPhoto(pixels, registration);
    fits.push(status === 'ok' ? 1e9 + inliers : inliers);
  }
  return fits.indexOf(Math.max(...fits));
}
