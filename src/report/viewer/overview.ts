import type { Homography } from '../../geometry/index.js';
import { type Raster, shrinkTo, toJpeg } from '../../photo/index.js';
import { cropShrunk } from '../cropShrunk.js';
import type { Picture } from './browser/types.js';
import { dataUri } from './cutCrops.js';

/** Longer side of the pictures of the whole board: more than a screen shows, little enough to open at once. */
const MAX_SIDE = 1800;
/** Bytes that one of them may have as a JPEG. Photos of boards stay below it at the first of the qualities. */
export const OVERVIEW_BYTES = 1_000_000;
const QUALITIES = [82, 70, 55, 35, 15];

/** A picture of the whole frame and the data URI that holds it. */
export interface Overview extends Picture {
  uri: string;
}

/**
 * A picture of the whole frame.
 * @param toPicture frame → picture pixels; left out where the picture lies in the frame already
 */
export async function makeOverview(
  id: string,
  picture: Raster,
  frame: { width: number; height: number },
  toPicture?: Homography,
): Promise<Overview> {
  const width = Math.min(
    frame.width,
    Math.round((MAX_SIDE * frame.width) / Math.max(frame.width, frame.height)),
  );
  const small = toPicture
    ? await cropShrunk(picture, { x: 0, y: 0, width: frame.width, height: frame.height }, width, toPicture)
    : await shrinkTo(picture, MAX_SIDE);
  let jpeg: Buffer = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    jpeg = await toJpeg(small, { quality, chromaSubsampling: '4:2:0' });
    if (jpeg.length <= OVERVIEW_BYTES) break;
  }
  return { id, width: small.width, height: small.height, mean: meanOf(small), uri: dataUri(jpeg) };
}

/** Mean of red, green and blue, of every eighth pixel. */
function meanOf({ data, channels }: Raster): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  const step = 8 * channels;
  for (let at = 0; at < data.length; at += step) {
    for (let c = 0; c < 3; c++) sum[c]! += data[at + (channels === 3 ? c : 0)]!;
  }
  const number = Math.ceil(data.length / step);
  return sum.map((value) => Math.round(value / number)) as [number, number, number];
}
