import { readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { messageOf, UserError } from '../errors.js';
import { sha256 } from '../sha256.js';
import { type FileKind, fileKind } from './fileKind.js';
import { MAX_ASPECT, MAX_FILE_BYTES, MAX_PIXELS, MIN_SIDE } from './limits.js';
import type { Raster } from './raster.js';

/** A decoded photo: upright 8-bit sRGB pixels and what identifies the file. */
export interface Photo {
  /** The path as the caller gave it. */
  path: string;
  /** SHA-256 of the file's bytes, lower-case hexadecimal. */
  sha256: string;
  /** Three channels, EXIF orientation applied. */
  pixels: Raster;
}

/** Options of {@link readPhoto}. */
export interface ReadOptions {
  /** Largest number of pixels to decode, 1 to {@link MAX_PIXELS}, which is the default. */
  maxPixels?: number;
  /** Longer side to shrink to while decoding, which takes a fraction of the time; default: full size. */
  shrinkTo?: number;
}

const READABLE = new Set<FileKind>(['jpeg', 'png', 'webp', 'tiff', 'avif']);
const EXPECTED = 'a JPEG, PNG, WebP, TIFF or AVIF photo';

/**
 * Reads a photo into upright 8-bit sRGB. Any of the eight EXIF orientations is applied, CMYK, 16-bit and grey
 * pictures are converted, transparency is laid on mid grey, and of several pages the first is taken.
 * @throws UserError in one line when the file is absent, a directory, empty, truncated, too large, not a photo or
 *   of a kind that cannot be decoded (HEIC, by name)
 */
export async function readPhoto(path: string, options: ReadOptions = {}): Promise<Photo> {
  const { maxPixels = MAX_PIXELS } = options;
  if (!(maxPixels >= 1 && maxPixels <= MAX_PIXELS)) {
    throw new UserError(`expected a largest photo of 1 to ${MAX_PIXELS} pixels, got ${maxPixels}`);
  }
  const bytes = await readBytes(path);
  refuseOtherKinds(path, fileKind(bytes.subarray(0, 256)));
  const pixels = await decode(path, bytes, { ...options, maxPixels });
  return { path, sha256: sha256(bytes), pixels };
}

async function readBytes(path: string): Promise<Buffer> {
  const expected = `expected ${EXPECTED}`;
  let size: number;
  try {
    const info = await stat(path);
    if (info.isDirectory()) {
      throw new UserError(`${path}: ${expected}, got a directory`, 'Name one photo in it.');
    }
    if (!info.isFile()) throw new UserError(`${path}: ${expected}, got something that is not a file`);
    size = info.size;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path}: ${expected}, got nothing: ${reason(error)}`, 'Check the path.');
  }
  if (size === 0) {
    throw new UserError(`${path}: ${expected}, got an empty file`, 'Copy the photo again.');
  }
  if (size > MAX_FILE_BYTES) {
    throw new UserError(`${path}: expected a file of at most 2 GiB, got ${(size / 2 ** 30).toFixed(1)} GiB`);
  }
  try {
    return await readFile(path);
  } catch (error) {
    throw new UserError(`${path}: ${expected}, but it cannot be read: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return messageOf(error).split('\n')[0]!;
}

function refuseOtherKinds(path: string, kind: FileKind): void {
  if (READABLE.has(kind)) return;
  if (kind === 'heic') {
    throw new UserError(
      `${path}: expected ${EXPECTED}, got HEIC, which cannot be decoded here`,
      'Convert it first, for example: heif-convert -q 95 photo.heic photo.jpg (or set the phone to "most compatible").',
    );
  }
  const got = kind === 'unknown' ? 'a file that is none of these' : kind.toUpperCase();
  throw new UserError(`${path}: expected ${EXPECTED}, got ${got}`);
}

async function decode(
  path: string,
  bytes: Buffer,
  { maxPixels, shrinkTo }: ReadOptions & { maxPixels: number },
): Promise<Raster> {
  try {
    // The limit is checked by us, from the header, so that the message can give both numbers; sharp's own limit
    // stays on as the second line against headers that lie.
    const open = () => sharp(bytes, { limitInputPixels: maxPixels, failOn: 'truncated' });
    const { width, height, hasAlpha } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > maxPixels) {
      throw new UserError(
        `${path}: expected at most ${megapixels(maxPixels)}, got ${width}×${height} = ${megapixels(width * height)}`,
        maxPixels < MAX_PIXELS ? 'Scale the photo down, or raise --max-pixels.' : 'Scale the photo down.',
      );
    }
    if (Math.min(width, height) < MIN_SIDE) {
      throw new UserError(
        `${path}: expected a photo of at least ${MIN_SIDE} pixels a side, got ${width}×${height}`,
      );
    }
    if (Math.max(width, height) > MAX_ASPECT * Math.min(width, height)) {
      throw new UserError(
        `${path}: expected a photo at most ${MAX_ASPECT} times as long as wide, got ${width}×${height}`,
      );
    }
    let pipeline = open().autoOrient();
    if (shrinkTo) pipeline = pipeline.resize(shrinkTo, shrinkTo, { fit: 'inside', withoutEnlargement: true });
    if (hasAlpha) pipeline = pipeline.flatten({ background: '#808080' });
    const { data, info } = await pipeline
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const rgb = info.channels === 3 ? data : repeatGrey(data, info.channels);
    return { data: rgb, width: info.width, height: info.height, channels: 3 };
  } catch (error) {
    if (error instanceof UserError) throw error;
    const detail = messageOf(error).split('\n')[0]!;
    throw new UserError(
      `${path}: expected a whole photo, got a damaged or truncated one (${detail})`,
      'Copy or take the photo again.',
    );
  }
}

function repeatGrey(data: Uint8Array, channels: number): Uint8Array {
  const count = data.length / channels;
  const rgb = new Uint8Array(count * 3);
  for (let k = 0, from = 0; k < rgb.length; k += 3, from += channels) {
    rgb[k] = rgb[k + 1] = rgb[k + 2] = data[from]!;
  }
  return rgb;
}

function megapixels(count: number): string {
  return `${(count / 1e6).toFixed(1)} megapixels`;
}
