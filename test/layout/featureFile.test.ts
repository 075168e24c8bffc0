import { describe, expect, it } from 'vitest';
import { decodeFeatures, encodeFeatures } from '../../src/layout/featureFile.js';
import type { Features } from '../../src/register/index.js';

const orb: Features = {
  kind: 'orb',
  points: Float32Array.of(1.5, 2.25, -3, 4000.125),
  descriptors: Uint8Array.from({ length: 64 }, (_, k) => k),
  bytesPerFeature: 32,
};
const akaze: Features = {
  kind: 'akaze',
  points: Float32Array.of(7, 8),
  descriptors: Uint8Array.from({ length: 61 }, (_, k) => 255 - k),
  bytesPerFeature: 61,
};

describe('feature file', () => {
  it('gives back what was written, whatever the alignment', () => {
    const bytes = encodeFeatures([akaze, orb]);
    const shifted = Buffer.concat([Buffer.from([0]), bytes]).subarray(1);
    for (const file of [bytes, shifted]) expect(decodeFeatures(file)).toEqual({ orb, akaze });
  });

  it('keeps a picture without features', () => {
    const none: Features = {
      ...orb,
      points: new Float32Array(0),
      descriptors: new Uint8Array(0),
      bytesPerFeature: 0,
    };
    expect(decodeFeatures(encodeFeatures([none]))).toEqual({ orb: none });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no JSON', Buffer.from('features\n')],
    ['another version', Buffer.from('{"featureFile":2,"sets":[]}\n')],
    ['one byte too few', encodeFeatures([orb]).subarray(0, -1)],
    ['one byte too many', Buffer.concat([encodeFeatures([orb]), Buffer.from([0])])],
    ['a point that is no number', encodeFeatures([{ ...orb, points: Float32Array.of(1, NaN, 2, 3) }])],
    ['descriptors of another size', encodeFeatures([{ ...orb, bytesPerFeature: 16 }])],
    ['one kind for the other', encodeFeatures([{ ...orb, kind: 'akaze' }])],
    ['features without descriptors', encodeFeatures([{ ...orb, bytesPerFeature: 0 }])],
    [
      'a negative number of features',
      Buffer.from('{"featureFile":1,"sets":[{"kind":"orb","count":-1,"bytesPerFeature":32}]}\n'),
    ],
  ])('takes %s for no cache', (_, bytes) => {
    expect(decodeFeatures(bytes)).toBeNull();
  });
});
