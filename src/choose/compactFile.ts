import { z } from 'zod';
import type { CompactFeatures } from '../register/index.js';

/** Changes with what compact features are, so that older files are made again. */
export const COMPACT_VERSION = 1;

const fileSchema = z.strictObject({
  version: z.literal(COMPACT_VERSION),
  width: z.int().positive(),
  height: z.int().positive(),
  board: z.array(z.tuple([z.number(), z.number()])).min(3),
  /** x y x y…, 32-bit floats, little endian, and 32 bytes a feature; both in base64. */
  points: z.base64(),
  descriptors: z.base64(),
});

/** Compact features as text for a file. */
export function encodeCompact({ features, width, height, board }: CompactFeatures): string {
  const { points, descriptors } = features;
  return JSON.stringify({
    version: COMPACT_VERSION,
    width,
    height,
    board,
    points: Buffer.from(points.buffer, points.byteOffset, points.byteLength).toString('base64'),
    descriptors: Buffer.from(descriptors).toString('base64'),
  });
}

/** Reads what {@link encodeCompact} wrote; null for anything else, since it can always be made again. */
export function decodeCompact(text: string): CompactFeatures | null {
  try {
    const { version: _, points, descriptors, ...rest } = fileSchema.parse(JSON.parse(text));
    // Copied out: a Float32Array needs alignment that a Buffer does not promise.
    const places = new Float32Array(Uint8Array.from(Buffer.from(points, 'base64')).buffer);
    const bytes = Uint8Array.from(Buffer.from(descriptors, 'base64'));
    if (bytes.length !== 16 * places.length) return null;
    return { ...rest, features: { kind: 'orb', points: places, descriptors: bytes, bytesPerFeature: 32 } };
  } catch {
    return null;
  }
}
