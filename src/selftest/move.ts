import { type Box, growBox, pixelBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { blend, type Edit, meanDeltaE } from './blend.js';
import { toLinear } from './colour.js';
import { cutBox } from './cutPiece.js';
import { type RemoveOptions, removePart } from './erase.js';
import { placementBox, placementCenter } from './placement.js';
import { type PlantOptions, plantPart } from './plant.js';
import type { Random } from './random.js';
import { resamplePart } from './resample.js';
import type { Rgba } from './rgba.js';
import { measureSurroundings } from './surroundings.js';

/** Pixels around a part that move with it, fading out. */
const FADE = 1.5;

/**
 * Moves a part in a copy of a photo: lifts its pixels, fills the hole and lays them down shifted and turned.
 * @param by shift in photo pixels, and an optional turn, degrees clockwise
 * @returns box: the part's new place; visibility: mean ΔE over the old and the new place
 * @throws RangeError when a place lies outside the photo
 */
export function shiftPart(
  photo: Raster,
  box: Box,
  by: { dx: number; dy: number; angleDeg?: number },
  random: Random,
  options: RemoveOptions = {},
): Edit {
  const bare = removePart(photo, box, random, options).photo;
  return layDown(photo, bare, box, [by.dx, by.dy], by.angleDeg ?? 0, random);
}

/**
 * Turns a part in its place in a copy of a photo.
 * @param quarters quarter turns clockwise, 1 to 3
 * @returns box: the turned part; visibility: mean ΔE over the old and the new place
 */
export function rotatePart(
  photo: Raster,
  box: Box,
  quarters: 1 | 2 | 3,
  random: Random,
  options: RemoveOptions = {},
): Edit {
  // Turned by half it covers its old place itself.
  const bare = quarters === 2 ? photo : removePart(photo, box, random, options).photo;
  return layDown(photo, bare, box, [0, 0], 90 * quarters, random);
}

/**
 * Puts another part in the place of one, along the same direction and as long, in a copy of a photo.
 * @returns box: the new part; visibility: mean ΔE over the old and the new place
 */
export function swapPart(
  photo: Raster,
  box: Box,
  part: Rgba,
  random: Random,
  options: RemoveOptions & PlantOptions = {},
): Edit {
  const bare = removePart(photo, box, random, options).photo;
  const turned = box.width >= box.height === part.width >= part.height ? 0 : 90;
  const longSidePx = Math.max(box.width, box.height);
  const angleDeg = turned + 180 * random.integer(0, 1) + random.range(-2, 2);
  const placement = { center: placementCenter(box), angleDeg, longSidePx };
  const edit = plantPart(bare, part, placement, random, options);
  return { ...edit, visibility: visibilityOver(photo, edit.photo, [box, edit.box]) };
}

function layDown(
  original: Raster,
  bare: Raster,
  box: Box,
  [dx, dy]: readonly [number, number],
  angleDeg: number,
  random: Random,
): Edit {
  const lifted = growBox(box, FADE);
  const piece = cutBox(original, lifted, FADE);
  const [cx, cy] = placementCenter(lifted);
  const center = [cx + dx, cy + dy] as const;
  const placement = { center, angleDeg, longSidePx: Math.max(lifted.width, lifted.height) };
  const window = pixelBox(growBox(placementBox(piece, placement), 2), bare.width, bare.height);
  if (!window) throw new RangeError(`shiftPart: expected a place inside the photo, got ${center.join(', ')}`);
  const layer = resamplePart(piece, placement, window, toLinear);
  const around = measureSurroundings(original, center, Math.max(60, 2.5 * placement.longSidePx), random);
  // The part's pixels bring their own blur, sharpening and most of their grain.
  const edit = blend(bare, window, layer, around, random, { grain: 0.3, sharpen: false });
  return {
    photo: edit.photo,
    box: growBox(edit.box, -FADE / 2),
    visibility: visibilityOver(original, edit.photo, [box, edit.box]),
  };
}

/** The larger of the places' mean differences. */
function visibilityOver(before: Raster, after: Raster, boxes: readonly Box[]): number {
  return Math.max(...boxes.map((box) => meanDeltaE(before, after, box)));
}
