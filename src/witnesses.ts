import { EVERYWHERE, placedIn, surroundings } from './closeLook.js';
import { type ChangeRegion, majority, mean, type Relief, reliefOf, strongestNear } from './compare/index.js';
import type { ChangeModel } from './detect/index.js';
import { type Box, pixelBox } from './geometry/index.js';
import type { Reference } from './learn.js';
import { cutOut, type Raster } from './photo/index.js';
import { lookingScale } from './sameView.js';

/** Another photo of a good board, laid onto the first. */
export interface Witness {
  /** Reads the picture: RGB, size of the reference frame, black where the photo does not reach. */
  load(): Promise<Raster>;
}

/** Differences that witnesses are asked about, strongest first: what is beyond is no board like theirs. */
const MOST_ASKED = 60;
/** What lies beyond a photo's edge is black, and after JPEG nearly so. */
const BLACK = 3;

/** How other boards decide about a difference. */
export interface Vote {
  /**
   * `any`: the one good board that looks most like the photo weighs as much as all of them together. `most`: the boards
   * are not known to be good, so that a difference counts as much as most of them show it; the photo may be one of
   * theirs, which outvotes nobody where their number is odd.
   */
  vote: 'any' | 'most';
  /** Logits by which chance is lower where two boards and more have a say. */
  relief: Relief;
}

/**
 * Asks other good boards about every difference to the first: a difference to all of them stays, one that any of them
 * shows too is lowered as far as they agree. Parallax, light and a second supplier's part then explain themselves,
 * and an added part still differs from every good board.
 * @param regions differences to the first good board, strongest first
 * @param ask how many of them are worth asking about
 * @param photoOf the photo that shows a place best, laid onto the reference
 * @param how which of the boards decide
 * @returns the same regions with their logits lowered where witnesses agree with the photo, strongest first
 */
export async function askWitnesses(
  regions: readonly ChangeRegion[],
  ask: number,
  photoOf: (box: Box) => Raster,
  reference: Reference,
  model: ChangeModel,
  { vote, relief }: Vote,
): Promise<ChangeRegion[]> {
  const asked = regions.slice(0, Math.min(ask, MOST_ASKED)).map((region) => ({ ...region }));
  if (asked.length === 0 || reference.witnesses.length === 0) return [...regions];
  const scale = lookingScale(reference.golden);
  const voices = new Map(asked.map((region) => [region, [{ added: region.added, removed: region.removed }]]));
  for (const witness of reference.witnesses) {
    const picture = await witness.load();
    for (const region of asked) {
      const area = surroundings(region.box, scale, reference.golden);
      const theirs = cutOut(picture, area);
      if (!shows(theirs, placedIn(region.box, area))) continue;
      const ours = cutOut(photoOf(region.box), area);
      const changes = await model.compare(theirs, ours, EVERYWHERE, scale);
      voices.get(region)!.push(strongestNear(changes, placedIn(region.box, area)));
    }
  }
  for (const region of asked) {
    const said = voices.get(region)!;
    const agreed = vote === 'any' ? mostAlike : majority;
    const raise = reliefOf(relief, said.length);
    region.added = agreed(said.map(({ added }) => added)) + raise;
    region.removed = agreed(said.map(({ removed }) => removed)) + raise;
    region.peak = Math.max(region.added, region.removed);
  }
  return [...asked, ...regions.slice(asked.length)].sort((a, b) => b.peak - a.peak);
}

/**
 * Half as all good boards show a difference, and half as the one does that is most like the photo. The least alone would be
 * lower by chance the more boards are asked, and take real differences with it.
 */
const mostAlike = (values: readonly number[]) => (Math.min(...values) + mean(values)) / 2;

/** Whether a witness's photo reaches over most of a box: what it does not show it cannot speak about. */
function shows({ data, width, height }: Raster, box: Box): boolean {
  const area = pixelBox(box, width, height);
  if (!area) return false;
  let black = 0;
  for (let y = area.y; y < area.y + area.height; y++) {
    for (let x = area.x; x < area.x + area.width; x++) {
      const k = 3 * (y * width + x);
      if (data[k]! <= BLACK && data[k + 1]! <= BLACK && data[k + 2]! <= BLACK) black++;
    }
  }
  return black < 0.5 * area.width * area.height;
}
