import sharp from 'sharp';
import type { Raster } from './raster.js';

/**
 * The same picture as a camera would have saved it: encoded as JPEG with colour at half resolution, and decoded again.
 * @param quality 1 to 100
 */
export async function throughJpeg(picture: Raster, quality = 92): Promise<Raster> {
  const { width, height } = picture;
  const file = await toJpeg(picture, { quality, chromaSubsampling: '4:2:0' });
  const data = await sharp(file, { limitInputPixels: false }).toColourspace('srgb').raw().toBuffer();
  return { data, width, height, channels: 3 };
}

/** A picture as the bytes of a JPEG file. */
export function toJpeg(
  { data, width, height, channels }: Raster,
  options: { quality: number; chromaSubsampling: '4:2:0' | '4:4:4' },
): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false }).jpeg(options).toBuffer();
}
