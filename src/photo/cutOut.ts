import type { Box } from '../geometry/index.js';
import type { Raster } from './raster.js';

/**
 * Copies a box out of an RGB picture.
 * @param box whole pixels, inside of the picture
 */
export function cutOut({ data, width, channels }: Raster, box: Box): Raster {
  const row = box.width * channels;
  const out = new Uint8Array(row * box.height);
  for (let y = 0; y < box.height; y++) {
    const start = ((box.y + y) * width + box.x) * channels;
    out.set(data.subarray(start, start + row), y * row);
  }
  return { data: out, width: box.width, height: box.height, channels };
}
