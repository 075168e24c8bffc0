import sharp from 'sharp';
import type { Raster } from '../photo/index.js';

/** Something that is laid onto a picture, its upper left corner on a whole pixel of it. */
export interface Layer {
  /** Pixels, which cover what lies below, or an SVG file, which covers as much as it paints. */
  content: Raster | Buffer;
  left: number;
  top: number;
}

/** A picture of one colour, RGB. */
export function blank(width: number, height: number, color: string): Raster {
  const rgb = Buffer.from(color.slice(1), 'hex');
  return { data: Buffer.alloc(3 * width * height, rgb), width, height, channels: 3 };
}

/**
 * Lays layers over a picture, in place, the last one on top. Marks cover little of a large photo: passing over what an
 * SVG leaves empty is several times as fast as compositing all of it, and leaves the photo's pixels as they are.
 * @param picture RGB; layers must lie within it
 */
export async function layOver(picture: Raster, layers: readonly Layer[]): Promise<void> {
  for (const { content, left, top } of layers) {
    // One after another: what is painted takes four bytes a pixel.
    const layer = Buffer.isBuffer(content) ? await paint(content) : content;
    const { width, height } = layer;
    if (left < 0 || top < 0 || left + width > picture.width || top + height > picture.height) {
      throw new RangeError(
        `layOver: expected a layer within ${picture.width}×${picture.height}, got ${width}×${height} at ${left}, ${top}`,
      );
    }
    if (layer.channels === 4) blend(picture, layer, left, top);
    else cover(picture, layer, left, top);
  }
}

/** Painted pixels with their opacity: red, green, blue, alpha. */
interface Painted {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 4;
}

async function paint(svg: Buffer): Promise<Painted> {
  const { data, info } = await sharp(svg, { limitInputPixels: false })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 4 };
}

function blend(
  { data, width: across }: Raster,
  { data: over, width, height }: Painted,
  left: number,
  top: number,
) {
  for (let y = 0, k = 0; y < height; y++) {
    const start = ((top + y) * across + left) * 3;
    for (let x = 0; x < width; x++, k++) {
      const alpha = over[4 * k + 3]!;
      if (alpha === 0) continue;
      const rest = 255 - alpha;
      const at = start + 3 * x;
      data[at] = (over[4 * k]! * alpha + data[at]! * rest + 127) / 255;
      data[at + 1] = (over[4 * k + 1]! * alpha + data[at + 1]! * rest + 127) / 255;
      data[at + 2] = (over[4 * k + 2]! * alpha + data[at + 2]! * rest + 127) / 255;
    }
  }
}

function cover(picture: Raster, { data, width, height, channels }: Raster, left: number, top: number): void {
  for (let y = 0; y < height; y++) {
    const at = ((top + y) * picture.width + left) * 3;
    if (channels === 3) {
      picture.data.set(data.subarray(3 * y * width, 3 * (y + 1) * width), at);
    } else {
      for (let x = 0; x < width; x++) picture.data.fill(data[y * width + x]!, at + 3 * x, at + 3 * x + 3);
    }
  }
}
