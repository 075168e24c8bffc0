import type { Models } from './detect/index.js';
import type { Inspection, Verdict } from './document/index.js';
import { type InspectOptions, inspectBoard } from './inspect.js';
import type { Reference } from './learn.js';
import type { Photo } from './photo/index.js';
import { type Registration, registerPhoto } from './register/index.js';

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
  const registrations = new Map<Photo, Registration>();
  for (const photo of photos) {
    if (references.length === 1) {
      sides[0]!.photos.push(photo);
      continue;
    }
    const { side, registration } = await sideOf(photo, references);
    sides[side]!.photos.push(photo);
    registrations.set(photo, registration);
  }
  for (const side of sides) {
    if (side.photos.length > 0)
      side.inspection = await inspectBoard(side.photos, side.reference, models, {
        ...options,
        registrations,
      });
  }
  const verdicts = sides.map(({ inspection }) => inspection?.verdict ?? 'not-judged');
  return { verdict: WORST_FIRST.find((verdict) => verdicts.includes(verdict))!, sides };
}

/** Index of the reference that a photo can be laid onto, the better one where it can be laid onto several, and how it lies on it. */
async function sideOf(
  { pixels }: Photo,
  references: readonly Reference[],
): Promise<{ side: number; registration: Registration }> {
  const found: Registration[] = [];
  for (const { registration } of references) found.push(await registerPhoto(pixels, registration));
  const fits = found.map(({ status, inliers }) => (status === 'ok' ? 1e9 + inliers : inliers));
  const side = fits.indexOf(Math.max(...fits));
  return { side, registration: found[side]! };
}
