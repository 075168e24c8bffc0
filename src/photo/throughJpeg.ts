import sharp from 'sharp';
import type { Raster } from './raster.js';

/**
 * The same picture as a camera would have saved it: encoded as JPEG with colour at half resolution, and decoded again.
 * @param quality 1 to 100
 */
export async function throughJpeg(picture: Raster, quality = 92): Promise<Raster> {
  const { width, height, channels } = picture;
  const file = await sharp(picture.data, { raw: { width, height, channels }, limitInputPixels: false })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
  const data = await sharp(file, { limitInputPixels: false }).toColourspace('srgb').raw().toBuffer();
  return { data, width, height, channels: 3 };
}
