import { areaScaleAt, compose, type Homography, invert, mapPoint, scaling } from '../geometry/index.js';
import { type Raster, resize, toGrey } from '../photo/index.js';
import { sampleRow } from './sample.js';

/**
 * Lays a photo onto a target frame.
 * @param photo grey or RGB
 * @param homography photo pixels to target pixels
 * @param width of the target in pixels
 * @param height of the target in pixels
 * @returns the picture in the target frame, black where the photo shows nothing. A photo much finer than the
 *   target is averaged down first, so that detail does not alias.
 */
export async function warp(
  photo: Raster,
  homography: Homography,
  width: number,
  height: number,
): Promise<Raster> {
  return warpRows(photo, homography, width, height, (back, y, xs, ys) => {
    const [a, b, c, d, e, f, g, h, i] = back;
    for (let x = 0; x < width; x++) {
      const w = g * x + h * y + i;
      xs[x] = (a * x + b * y + c) / w;
      ys[x] = (d * x + e * y + f) / w;
    }
  });
}

/** The same in grey, for which a photo that is finer than the target is averaged down before it is made grey. */
export async function warpGrey(
  photo: Raster,
  homography: Homography,
  width: number,
  height: number,
): Promise<Raster> {
  const { source, mapping } = await matchDensity(photo, homography, width, height);
  return warp(toGrey(source), mapping, width, height);
}

/**
 * What {@link warp} and its like have in common: lays a photo onto a target frame row by row.
 * @param homography photo pixels to target pixels, for the photo's density
 * @param placeRow fills in where the pixels of row `y` are found in the source that `back` maps the target to
 */
export async function warpRows(
  photo: Raster,
  homography: Homography,
  width: number,
  height: number,
  placeRow: (back: Homography, y: number, xs: Float32Array, ys: Float32Array) => void,
): Promise<Raster> {
  const { source, mapping } = await matchDensity(photo, homography, width, height);
  const back = invert(mapping);
  const { channels } = source;
  const data = new Uint8Array(width * height * channels);
  // A row's positions stay in the processor's cache; those of a whole frame would take eight bytes a pixel.
  const xs = new Float32Array(width);
  const ys = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    placeRow(back, y, xs, ys);
    sampleRow(source, xs, ys, data, y * width * channels);
  }
  return { data, width, height, channels };
}

/** Shrinks the photo where it has more than 1.5 pixels a side for each of the target. */
async function matchDensity(
  photo: Raster,
  homography: Homography,
  width: number,
  height: number,
): Promise<{ source: Raster; mapping: Homography }> {
  const middle = mapPoint(invert(homography), [width / 2, height / 2]);
  const scale = Math.sqrt(Math.abs(areaScaleAt(homography, middle)));
  if (!(scale < 1 / 1.5) || width < 8 || height < 8) return { source: photo, mapping: homography };
  const shrunkWidth = Math.max(8, Math.round(photo.width * scale));
  const shrunkHeight = Math.max(8, Math.round(photo.height * scale));
  const source = await resize(photo, shrunkWidth, shrunkHeight);
  return { source, mapping: compose(homography, resizing(source, photo)) };
}

/**
 * Maps pixel coordinates of a picture to those of the same picture at another size, with pixel centres on whole
 * coordinates as OpenCV has them: `x' = (x + 0.5) · s − 0.5`.
 */
export function resizing(
  from: { width: number; height: number },
  to: { width: number; height: number },
): Homography {
  const sx = to.width / from.width;
  const sy = to.height / from.height;
  return compose([1, 0, 0.5 * sx - 0.5, 0, 1, 0.5 * sy - 0.5, 0, 0, 1], scaling(sx, sy));
}
