import type { Box, Point } from '../geometry/index.js';
import { fillPolygon } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { choosePlaces, type Place, type PlaceKind } from './choose.js';
import { drawnPartPictures } from './drawnParts.js';
import { plantPart } from './plant.js';
import type { Random } from './random.js';
import { drawLight } from './shadow.js';

/** A part planted into a photo. */
export interface Plant {
  /** Where it is, photo pixels, without its shadow. */
  box: Box;
  /** Longer side as asked for, photo pixels. */
  longSidePx: number;
  place: PlaceKind;
  /** Package, as in `DRAWN_PARTS`. */
  part: string;
  /** Mean CIELAB ΔE (1976) inside the part. */
  visibility: number;
}

/** A photo of a board, and what there is on it, in photo pixels. */
export interface BoardPhoto {
  photo: Raster;
  outline: readonly Point[];
  /** Fitted parts: plants lie beside them. */
  parts: readonly Box[];
  /** Where nothing is planted. */
  taken: readonly Box[];
  /** How far the board is turned, degrees clockwise: parts stand square on it. */
  angleDeg: number;
}

/** A plant below this mean CIELAB ΔE is drawn again: nobody could be asked to see it. */
const LEAST_VISIBLE = 6;
/** Draws until a part shows; a place where none does stays empty. */
const DRAWS = 8;
/** So many parts in one photo change neither its registration nor what counts as its noise. */
const A_ROUND = 8;

/**
 * Chooses disjoint places on the board, a third each on bare surface, beside parts and on busy surface, and deals them
 * out to rounds so that all sizes come in each.
 * @param longSidesPx photo pixels; a size for which there is no room is left out
 */
export function chooseRounds(
  { photo, outline, parts, taken }: BoardPhoto,
  longSidesPx: readonly number[],
  random: Random,
): Place[][] {
  const mask = fillPolygon(outline, photo.width, photo.height);
  const places = choosePlaces(photo, mask, { longSidesPx, parts, taken }, random);
  const count = Math.ceil(places.length / A_ROUND);
  // Places come by size and with kinds in turn: a step further with every turn, or a round would get but one kind.
  const roundOf = (k: number) => (k + Math.floor(k / count)) % count;
  return Array.from({ length: count }, (_, round) => places.filter((__, k) => roundOf(k) === round));
}

/** Plants a drawn part at every place that lets one show, all in the same light. */
export function plantParts(
  { photo, angleDeg }: Pick<BoardPhoto, 'photo' | 'angleDeg'>,
  places: readonly Place[],
  random: Random,
): { photo: Raster; plants: Plant[] } {
  const light = drawLight(random);
  const pictures = drawnPartPictures();
  const plants: Plant[] = [];
  let current = photo;
  for (const { center, longSidePx, kind } of places) {
    for (let draw = 0; draw < DRAWS; draw++) {
      const part = random.pick(pictures);
      // Drawn three times finer than planted, so that it is averaged down as a lens would.
      const pxPerMm = Math.max(48, Math.ceil(3 * longSidePx)) / Math.max(part.widthMm, part.heightMm);
      const turned = angleDeg + 90 * random.integer(0, 3) + random.range(-3, 3);
      const placement = { center, longSidePx, angleDeg: turned };
      const edit = plantPart(current, part.draw(pxPerMm, random), placement, random, { light });
      if (edit.visibility < LEAST_VISIBLE) continue;
      current = edit.photo;
      plants.push({
        box: edit.box,
        longSidePx,
        place: kind,
        part: part.label,
        visibility: edit.visibility,
      });
      break;
    }
  }
  return { photo: current, plants };
}
