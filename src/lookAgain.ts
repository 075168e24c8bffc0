import { AROUND, EVERYWHERE, placedIn, surroundings } from './closeLook.js';
import { type ChangeRegion, mean, strongestNear } from './compare/index.js';
import type { ChangeModel } from './detect/index.js';
import type { Box } from './geometry/index.js';
import type { Reference } from './learn.js';
import { cutOut, turnedHalf } from './photo/index.js';
import { lookingScale, type SameView, whileCovered } from './sameView.js';

/** Logits below and above the level of chance within which a difference is looked at again; the others are plain. */
const BELOW = 1;
const ABOVE = 4;
/** So many are looked at again, strongest first: where there are more, something else is wrong. */
const MOST_AGAIN = 8;

/** The third look is at enlarged pictures, which shows small parts better and puts every edge elsewhere in its cell. */
const ENLARGED = 1.5;

/**
 * Looks again at differences that may be chance: each amid a tile of its own, turned by half a turn, and enlarged. What counts
 * is the mean of all three looks. A chance summit is where the first look happened to be highest, and the next ones are lower;
 * a part that was added is there every time (docs/quality.md has the figures).
 * @param regions differences of the first look, strongest first
 * @param level of chance in this photo
 * @returns the same regions with their logits, strongest first
 */
export async function lookAgain(
  regions: readonly ChangeRegion[],
  level: number,
  view: SameView,
  reference: Reference,
  model: ChangeModel,
): Promise<ChangeRegion[]> {
  const { golden } = reference;
  const scale = lookingScale(golden);
  // What takes more than half of the surroundings that are looked at is no summit of chance.
  const isSmall = ({ width, height }: Box) => scale * Math.max(width, height) < AROUND / 2;
  const doubtful = regions
    .filter(({ box, peak }) => peak > level - BELOW && peak < level + ABOVE && isSmall(box))
    .slice(0, MOST_AGAIN);
  const seen = new Map<ChangeRegion, ChangeRegion>();
  await whileCovered(view, reference, async () => {
    for (const region of doubtful) {
      const area = surroundings(region.box, scale, golden);
      const before = cutOut(golden, area);
      const after = cutOut(view.photo, area);
      const box = placedIn(region.box, area);
      const turned = await model.compare(turnedHalf(before), turnedHalf(after), EVERYWHERE, scale);
      const enlarged = await model.compare(before, after, EVERYWHERE, ENLARGED * scale);
      const looks = [region, strongestNear(turned, boxTurnedHalf(box, area)), strongestNear(enlarged, box)];
      const added = mean(looks.map((look) => look.added));
      const removed = mean(looks.map((look) => look.removed));
      seen.set(region, { box: region.box, added, removed, peak: Math.max(added, removed) });
    }
  });
  return regions.map((region) => seen.get(region) ?? region).sort((a, b) => b.peak - a.peak);
}

/** A box in a picture, in the picture turned by half a turn. */
function boxTurnedHalf(box: Box, { width, height }: Box): Box {
  return { ...box, x: width - box.x - box.width, y: height - box.y - box.height };
}
