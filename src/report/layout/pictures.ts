import sharp from 'sharp';
import { type Raster, shrinkTo } from '../../photo/index.js';

/** Longer side of the photo in a layout page: enough to read markings, little enough to open at once. */
const MAX_SIDE = 4000;

/** From this value on a place varies visibly; changes that a network gives less than one in fifty stay unpainted. */
const FAINTEST = 32;
/** Dark red over orange to pale yellow, as red, green, blue, opacity; readable over any solder mask. */
const RAMP: readonly [number, number, number, number][] = [
  [90, 0, 60, 0],
  [190, 20, 50, 0.45],
  [250, 120, 20, 0.65],
  [255, 245, 170, 0.85],
];

/** A photo as a JPEG in a data URI; what its file said of camera and place is not in it. */
export async function photoUri(photo: Raster): Promise<string> {
  const { data, width, height, channels } = await shrinkTo(photo, MAX_SIDE);
  const jpeg = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .jpeg({ quality: 84 })
    .toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}

/** What varies between good boards as a heat map: a PNG in a data URI, one pixel a cell, clear where nothing does. */
export async function heatUri({
  columns,
  rows,
  values,
}: {
  columns: number;
  rows: number;
  values: Uint8Array;
}): Promise<string> {
  const table = Array.from({ length: 256 }, (_, value) => heat((value - FAINTEST) / (255 - FAINTEST)));
  const data = new Uint8Array(4 * columns * rows);
  for (let k = 0; k < columns * rows; k++) data.set(table[values[k]!]!, 4 * k);
  const png = await sharp(data, { raw: { width: columns, height: rows, channels: 4 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

function heat(share: number): [number, number, number, number] {
  if (share < 0) return [0, 0, 0, 0];
  const at = Math.min(share, 1) * (RAMP.length - 1);
  const k = Math.min(Math.floor(at), RAMP.length - 2);
  const mix = (channel: 0 | 1 | 2 | 3) =>
    RAMP[k]![channel] + (at - k) * (RAMP[k + 1]![channel] - RAMP[k]![channel]);
  return [Math.round(mix(0)), Math.round(mix(1)), Math.round(mix(2)), Math.round(255 * mix(3))];
}
