import { type Box, compose, type Homography, identity, mapPoint, scaling } from '../geometry/index.js';
import { type Raster, resize } from '../photo/index.js';
import { crop } from './crop.js';

/** From so many picture pixels a crop pixel on, a picture of half the size shows the same. */
const COARSE = 1.5;

/** Each picture's half, made when a crop first needs it and kept as long as the picture. */
const halves = new WeakMap<Raster, Promise<Raster>>();

/**
 * The same as {@link crop}, out of a smaller copy of the picture where the crop shrinks it: averaging each crop pixel
 * out of the large one takes longest where it shows least.
 */
export async function cropShrunk(
  picture: Raster,
  place: Box,
  width: number,
  toPicture: Homography = identity,
): Promise<Raster> {
  let source = picture;
  let mapping = toPicture;
  for (let span = spanOf(toPicture, place) / width; span >= COARSE && source.width > 1; span /= 2) {
    const half = await halfOf(source);
    mapping = compose(scaling(half.width / source.width, half.height / source.height), mapping);
    source = half;
  }
  return crop(source, place, width, mapping);
}

function halfOf(picture: Raster): Promise<Raster> {
  const known = halves.get(picture);
  if (known) return known;
  const side = (length: number) => Math.max(1, Math.round(length / 2));
  const half = resize(picture, side(picture.width), side(picture.height));
  halves.set(picture, half);
  return half;
}

/** Length in the picture of the middle row of a place. */
function spanOf(toPicture: Homography, { x, y, width, height }: Box): number {
  const [ax, ay] = mapPoint(toPicture, [x, y + height / 2]);
  const [bx, by] = mapPoint(toPicture, [x + width, y + height / 2]);
  const span = Math.hypot(bx - ax, by - ay);
  return Number.isFinite(span) ? span : 0;
}
