import type { Raster } from './photo/index.js';

/** Pictures whose longer side is below this are enlarged for the change model: their small parts are a few pixels. */
const SMALL = 1800;
const MOST_ENLARGED = 1.5;
/** Pixels of a picture that the change model is shown at most: about two seconds on two cores. */
const MOST_PIXELS = 10e6;

/** The size in which the change model looks at a frame, relative to the frame. */
export function lookingScale({ width, height }: { width: number; height: number }): number {
  const enlarged = Math.max(1, Math.min(MOST_ENLARGED, SMALL / Math.max(width, height)));
  return Math.min(enlarged, Math.sqrt(MOST_PIXELS / (width * height)));
}

/**
 * Makes a photo show the golden photo wherever there is nothing to compare: table, cables and the black beyond the
 * photo's edge then neither count as changes nor pull at the light of the place that is compared.
 * @param photo laid onto the golden photo; changed in place
 * @param seen one byte a pixel of `surface`, a smaller copy of the frame: non-zero where photo and board are
 * @returns the same in the size of the frame
 */
export function showOnly(
  photo: Raster,
  golden: Raster,
  seen: Uint8Array,
  surface: { width: number; height: number },
): Uint8Array {
  const { width, height, channels } = photo;
  const where = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.min(surface.height - 1, Math.floor(((y + 0.5) * surface.height) / height)) * surface.width;
    for (let x = 0; x < width; x++) {
      const k = y * width + x;
      if (seen[row + Math.min(surface.width - 1, Math.floor(((x + 0.5) * surface.width) / width))]) {
        where[k] = 1;
        continue;
      }
      for (let c = k * channels; c < (k + 1) * channels; c++) photo.data[c] = golden.data[c]!;
    }
  }
  return where;
}
