import type { Homography } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import type { DisplacementField } from './displacementField.js';
import { warpRows } from './warp.js';

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
  const { columns, rows, spacing } = field;
  const moves = { dx: new Float32Array(columns), dy: new Float32Array(columns) };
  const nodesPerPixel = scale / spacing;
  const lastColumn = columns - 1.001;
  return warpRows(photo, homography, width, height, (back, y, xs, ys) => {
    const [a, b, c, d, e, f, g, h, i] = back;
    fillMoves(field, Math.min(rows - 1.001, y * nodesPerPixel), scale, moves);
    const { dx, dy } = moves;
    for (let x = 0; x < width; x++) {
      const u = Math.min(lastColumn, x * nodesPerPixel);
      const k = u | 0;
      const part = u - k;
      const px = x + dx[k]! + part * (dx[k + 1]! - dx[k]!);
      const py = y + dy[k]! + part * (dy[k + 1]! - dy[k]!);
      const w = g * px + h * py + i;
      xs[x] = (a * px + b * py + c) / w;
      ys[x] = (d * px + e * py + f) / w;
    }
  });
}

/** The displacements of all columns of the field at one height, in pixels of the target. */
function fillMoves(
  { columns, dx, dy }: DisplacementField,
  row: number,
  scale: number,
  into: { dx: Float32Array; dy: Float32Array },
): void {
  const top = Math.floor(row);
  const part = row - top;
  for (let column = 0, k = top * columns; column < columns; column++, k++) {
    into.dx[column] = (dx[k]! + part * (dx[k + columns]! - dx[k]!)) / scale;
    into.dy[column] = (dy[k]! + part * (dy[k + columns]! - dy[k]!)) / scale;
  }
}
