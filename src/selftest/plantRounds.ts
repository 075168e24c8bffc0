import type { Box } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { type ChooseOptions, choosePlaces, type Place } from './choose.js';
import { drawnPartPictures } from './drawnParts.js';
import { plantPart } from './plant.js';
import type { Random } from './random.js';
import { drawLight } from './shadow.js';

/** Where to plant a part in a photo, photo pixels. */
export type Spot = Pick<Place, 'center' | 'longSidePx'>;

/** A part planted into a photo. */
export interface Plant<S extends Spot> {
  spot: S;
  /** Where it is, photo pixels, without its shadow. */
  box: Box;
  /** Package, as in `DRAWN_PARTS`. */
  part: string;
  /** Mean CIELAB ΔE (1976) inside the part. */
  visibility: number;
}

/** A plant below this mean CIELAB ΔE is drawn again: nobody could be asked to see it. */
export const LEAST_VISIBLE = 6;
/** Draws until a part shows; a place where none does stays empty. */
const DRAWS = 8;
/** So many parts in one photo change neither its registration nor what counts as its noise. */
const A_ROUND = 8;

/**
 * Chooses disjoint places on the board, a third each on bare surface, beside parts and on busy surface, and deals them
 * out to rounds so that all sizes come in each. Choose them in the golden photo: its light is even, and surface, parts
 * and metal are easier to tell apart there than in the photo that is planted into.
 * @param mask one byte a pixel, non-zero where there may be a plant
 */
export function chooseRounds(
  photo: Raster,
  mask: Uint8Array,
  options: ChooseOptions,
  random: Random,
): Place[][] {
  const places = choosePlaces(photo, mask, options, random);
  const count = Math.ceil(places.length / A_ROUND);
  // Places come by size and with kinds in turn: a step further with every turn, or a round would get but one kind.
  const roundOf = (k: number) => (k + Math.floor(k / count)) % count;
  return Array.from({ length: count }, (_, round) => places.filter((__, k) => roundOf(k) === round));
}

/**
 * Plants a drawn part at every spot that lets one show, all in the same light.
 * @param angleDeg how far the board is turned in the photo, degrees clockwise: parts stand square on it
 */
export function plantParts<S extends Spot>(
  photo: Raster,
  angleDeg: number,
  spots: readonly S[],
  random: Random,
): { photo: Raster; plants: Plant<S>[] } {
  const light = drawLight(random);
  const pictures = drawnPartPictures();
  const plants: Plant<S>[] = [];
  let current = photo;
  for (const spot of spots) {
    const { center, longSidePx } = spot;
    for (let draw = 0; draw < DRAWS; draw++) {
      const part = random.pick(pictures);
      // Drawn three times finer than planted, so that it is averaged down as a lens would.
      const pxPerMm = Math.max(48, Math.ceil(3 * longSidePx)) / Math.max(part.widthMm, part.heightMm);
      const turned = angleDeg + 90 * random.integer(0, 3) + random.range(-3, 3);
      const placement = { center, longSidePx, angleDeg: turned };
      const edit = plantPart(current, part.draw(pxPerMm, random), placement, random, { light });
      if (edit.visibility < LEAST_VISIBLE) continue;
      current = edit.photo;
      plants.push({ spot, box: edit.box, part: part.label, visibility: edit.visibility });
      break;
    }
  }
  return { photo: current, plants };
}
