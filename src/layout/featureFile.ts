import type { FeatureKind, Features } from '../register/index.js';

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
    const head = JSON.parse(bytes.toString('utf8', 0, end));
    if (head.featureFile !== 1) return null;
    const result: Partial<Record<FeatureKind, Features>> = {};
    let at = end + 1;
    for (const { kind, count, bytesPerFeature } of head.sets) {
      const pointBytes = count * 8;
      const descriptorBytes = count * bytesPerFeature;
      if (at + pointBytes + descriptorBytes > bytes.length) return null;
      // Copied out: a Float32Array needs alignment that the file does not promise.
      const points = new Float32Array(new Uint8Array(bytes.subarray(at, at + pointBytes)).buffer);
      at += pointBytes;
      const descriptors = new Uint8Array(bytes.subarray(at, at + descriptorBytes));
      at += descriptorBytes;
      if (kind === 'orb' || kind === 'akaze')
        result[kind as FeatureKind] = { kind, points, descriptors, bytesPerFeature };
    }
    return at === bytes.length ? result : null;
  } catch {
    return null;
  }
}
