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
