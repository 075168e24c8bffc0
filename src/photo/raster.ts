/**
 * Pixels in memory: 8 bits a channel, interleaved, row after row without padding.
 * `channels` is 3 for RGB and 1 for grey; `data.length` is `width * height * channels`.
 */
export interface Raster {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

/**
 * Wraps pixels and checks that their number fits.
 * @throws RangeError naming the expected and the given length
 */
export function raster(data: Uint8Array, width: number, height: number, channels: 1 | 3): Raster {
  const expected = width * height * channels;
  if (data.length !== expected) {
    throw new RangeError(
      `raster: expected ${width}×${height}×${channels} = ${expected} bytes, got ${data.length}`,
    );
  }
  return { data, width, height, channels };
}
