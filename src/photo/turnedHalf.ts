import type { Raster } from './raster.js';

/** A picture turned by half a turn. */
export function turnedHalf({ data, width, height, channels }: Raster): Raster {
  const out = new Uint8Array(data.length);
  for (let k = 0; k < data.length; k += channels) {
    const to = data.length - channels - k;
    for (let c = 0; c < channels; c++) out[to + c] = data[k + c]!;
  }
  return { data: out, width, height, channels };
}
