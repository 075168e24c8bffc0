import { z } from 'zod';
import type { FeatureKind, Features } from '../register/index.js';

/** Features of one kind; several times what either detector gives. */
const MAX_FEATURES = 50_000;

const count = z.int().min(0).max(MAX_FEATURES);
const headSchema = z.object({
  featureFile: z.literal(1),
  sets: z
    .array(
      z.discriminatedUnion('kind', [
        // A picture without any has no descriptors to tell the size of.
        z.object({ kind: z.literal('orb'), count, bytesPerFeature: z.literal([0, 32]) }),
        z.object({ kind: z.literal('akaze'), count, bytesPerFeature: z.literal([0, 61]) }),
      ]),
    )
    .max(2),
});

/**
 * Registration features as bytes: a JSON line that says what follows, a newline, then for each set its points
 * (32-bit floats, little endian) and its descriptors.
 */
export function encodeFeatures(sets: readonly Features[]): Buffer {
  const head = {
    featureFile: 1,
    sets: sets.map(({ kind, points, bytesPerFeature }) => ({
      kind,
      count: points.length / 2,
      bytesPerFeature,
    })),
  };
  const parts: Uint8Array[] = [Buffer.from(`${JSON.stringify(head)}\n`)];
  for (const { points, descriptors } of sets) {
    parts.push(bytesOf(points), descriptors);
  }
  return Buffer.concat(parts);
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Reads what {@link encodeFeatures} wrote; null for anything else, since a cache can always be made again. */
export function decodeFeatures(bytes: Buffer): Partial<Record<FeatureKind, Features>> | null {
  const end = bytes.indexOf(10);
  if (end < 0 || end > 4096) return null;
  try {
    const head = headSchema.parse(JSON.parse(bytes.toString('utf8', 0, end)));
    const result: Partial<Record<FeatureKind, Features>> = {};
    let at = end + 1;
    for (const { kind, count, bytesPerFeature } of head.sets) {
      if ((count === 0) !== (bytesPerFeature === 0)) return null;
      const pointBytes = count * 8;
      const descriptorBytes = count * bytesPerFeature;
      if (at + pointBytes + descriptorBytes > bytes.length) return null;
      // Copied out: a Float32Array needs alignment that the file does not promise.
      const points = new Float32Array(new Uint8Array(bytes.subarray(at, at + pointBytes)).buffer);
      if (!points.every(Number.isFinite)) return null;
      at += pointBytes;
      const descriptors = new Uint8Array(bytes.subarray(at, at + descriptorBytes));
      at += descriptorBytes;
      result[kind] = { kind, points, descriptors, bytesPerFeature };
    }
    return at === bytes.length ? result : null;
  } catch {
    return null;
  }
}
