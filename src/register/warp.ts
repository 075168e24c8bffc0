import { areaScaleAt, compose, type Homography, invert, mapPoint, scaling } from '../geometry/index.js';
import { type Raster, resize } from '../photo/index.js';
import { fromMat, homographyMat, loadOpenCv, scoped, toMat } from './opencv.js';

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
  const { cv } = await loadOpenCv();
  const { source, mapping } = await matchDensity(photo, homography, width, height);
  return scoped(cv, (keep) => {
    const from = keep(toMat(cv, source));
    const matrix = keep(homographyMat(cv, mapping));
    const target = keep(new cv.Mat());
    const size = new cv.Size(width, height);
    cv.warpPerspective(
      from,
      target,
      matrix,
      size,
      cv.INTER_LINEAR,
      cv.BORDER_CONSTANT,
      new cv.Scalar(0, 0, 0, 0),
    );
    return fromMat(target);
  });
}

/** Shrinks the photo where it has more than 1.5 pixels a side for each of the target. */
export async function matchDensity(
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
