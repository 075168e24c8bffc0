import { type Homography, invert } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import type { DisplacementField } from './localAlign.js';
import { loadOpenCv, scoped, toMat } from './opencv.js';
import { matchDensity } from './warp.js';

/** Rows that are mapped at a time: coordinates take eight bytes a pixel, so a whole large frame would take too many. */
const STRIP = 64;

/**
 * Lays a photo onto a target frame along a homography and a displacement field, in one interpolation.
 * @param photo grey or RGB
 * @param homography photo pixels to target pixels
 * @param field of local alignment, in a frame `scale` times the size of the target
 * @param width of the target in pixels
 * @param height of the target in pixels
 * @returns the picture in the target frame, black where the photo shows nothing
 */
export async function warpAlong(
  photo: Raster,
  homography: Homography,
  field: DisplacementField,
  scale: number,
  width: number,
  height: number,
): Promise<Raster> {
  const { cv } = await loadOpenCv();
  const { source, mapping } = await matchDensity(photo, homography, width, height);
  const back = invert(mapping);
  const { channels } = photo;
  const data = new Uint8Array(width * height * channels);
  return scoped(cv, (keep) => {
    const from = keep(toMat(cv, source));
    for (let top = 0; top < height; top += STRIP) {
      const rows = Math.min(STRIP, height - top);
      scoped(cv, (keepStrip) => {
        const mapX = keepStrip(new cv.Mat(rows, width, cv.CV_32FC1));
        const mapY = keepStrip(new cv.Mat(rows, width, cv.CV_32FC1));
        fillMaps(back, field, scale, width, top, rows, mapX.data32F, mapY.data32F);
        const target = keepStrip(new cv.Mat());
        cv.remap(from, target, mapX, mapY, cv.INTER_LINEAR, cv.BORDER_CONSTANT, new cv.Scalar(0, 0, 0, 0));
        data.set(target.data, top * width * channels);
      });
    }
    return { data, width, height, channels };
  });
}

/** Where in the source each pixel of a strip is found. */
function fillMaps(
  [a, b, c, d, e, f, g, h, i]: Homography,
  { columns, rows: nodeRows, spacing, dx, dy }: DisplacementField,
  scale: number,
  width: number,
  top: number,
  rows: number,
  mapX: Float32Array,
  mapY: Float32Array,
): void {
  const nodesPerPixel = scale / spacing;
  const lastColumn = columns - 1.001;
  const lastRow = nodeRows - 1.001;
  for (let j = 0, at = 0; j < rows; j++) {
    const y = top + j;
    const v = Math.min(lastRow, y * nodesPerPixel);
    const row = Math.floor(v);
    const fv = v - row;
    for (let x = 0; x < width; x++, at++) {
      const u = Math.min(lastColumn, x * nodesPerPixel);
      const column = Math.floor(u);
      const fu = u - column;
      const k = row * columns + column;
      const n00 = (1 - fu) * (1 - fv);
      const n10 = fu * (1 - fv);
      const n01 = (1 - fu) * fv;
      const n11 = fu * fv;
      const px = x + (n00 * dx[k]! + n10 * dx[k + 1]! + n01 * dx[k + columns]! + n11 * dx[k + columns + 1]!) / scale;
      const py = y + (n00 * dy[k]! + n10 * dy[k + 1]! + n01 * dy[k + columns]! + n11 * dy[k + columns + 1]!) / scale;
      const w = g * px + h * py + i;
      mapX[at] = (a * px + b * py + c) / w;
      mapY[at] = (d * px + e * py + f) / w;
    }
  }
}
