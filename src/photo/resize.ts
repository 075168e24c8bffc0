import sharp from 'sharp';
import type { Raster } from './raster.js';

/** Scales a picture to an exact size in pixels with a Lanczos filter (area-averaging first when shrinking much). */
export async function resize(picture: Raster, width: number, height: number): Promise<Raster> {
  if (picture.width === width && picture.height === height) return picture;
  const { data, info } = await sharp(picture.data, {
    raw: { width: picture.width, height: picture.height, channels: picture.channels },
    limitInputPixels: false,
  })
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels === picture.channels) return { data, width, height, channels: picture.channels };
  // sharp widens one channel to three on some paths; keep the first.
  const grey = new Uint8Array(width * height);
  for (let k = 0; k < grey.length; k++) grey[k] = data[k * info.channels]!;
  return { data: grey, width, height, channels: 1 };
}

/** Scales a picture down so that its longer side is at most `side` pixels; smaller ones stay as they are. */
export async function shrinkTo(picture: Raster, side: number): Promise<Raster> {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  return resize(
    picture,
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
}
