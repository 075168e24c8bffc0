import { growBox, pixelBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { blend, type Edit } from './blend.js';
import { toLinear } from './colour.js';
import { cutPiece } from './cutPiece.js';
import { gaussianBlur } from './gaussianBlur.js';
import { type Placement, placementBox } from './placement.js';
import type { Random } from './random.js';
import { resamplePart } from './resample.js';
import { measureSurroundings } from './surroundings.js';

/**
 * A decoy: the photo's own pixels, cut out as a turned rectangle and pasted back at the same place through the steps
 * that a plant goes through. Nothing has changed, so whoever reports it has learnt the editing and not the board.
 * @param aspect the rectangle's shorter side over its longer one, 0..1
 * @throws RangeError when the place lies outside the photo
 */
export function pasteDecoy(photo: Raster, placement: Placement, aspect: number, random: Random): Edit {
  const { center, longSidePx } = placement;
  const piece = cutPiece(photo, placement, aspect);
  const window = pixelBox(growBox(placementBox(piece, placement), 4), photo.width, photo.height);
  if (!window)
    throw new RangeError(`pasteDecoy: expected a place inside the photo, got ${center.join(', ')}`);
  const layer = resamplePart(piece, placement, window, toLinear);
  const around = measureSurroundings(photo, center, Math.max(60, 2.5 * longSidePx), random);
  const soft = gaussianBlur(layer, window.width, window.height, 4, 0.3);
  // The pixels bring most of their own grain and all of the camera's sharpening.
  return blend(photo, window, soft, around, random, { grain: 0.5, sharpen: false });
}
