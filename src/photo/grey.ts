import type { Raster } from './raster.js';

/**
 * Luma of an RGB picture by the weights of ITU-R BT.601, as 8-bit grey. A grey picture comes back as it is.
 */
export function toGrey(picture: Raster): Raster {
  if (picture.channels === 1) return picture;
  const { data, width, height } = picture;
  const grey = new Uint8Array(width * height);
  for (let k = 0, from = 0; k < grey.length; k++, from += 3) {
    // Weights times 2^16, rounded so that they sum to 65,536: white stays white.
    grey[k] = (data[from]! * 19595 + data[from + 1]! * 38470 + data[from + 2]! * 7471 + 32768) >> 16;
  }
  return { data: grey, width, height, channels: 1 };
}
