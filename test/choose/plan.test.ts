import { expect, it } from 'vitest';
import { decodeCompact, encodeCompact } from '../../src/choose/compactFile.js';
import { identityOf } from '../../src/choose/plan.js';
import { toPlan } from '../../src/choose/toPlan.js';
import type { CompactFeatures } from '../../src/register/index.js';

const source = (name: string) => ({
  path: `/refs/${name}`,
  name,
  sha256: name.padEnd(64, '0'),
  variant: null,
  accepted: [],
});
const sources = ['a', 'b', 'c', 'd', 'e'].map(source);
const ranked = (...scores: number[]) => scores.map((score, reference) => ({ reference, score }));

it('tries those that are believed, three at most, and says how far the first is ahead', () => {
  const plan = toPlan(sources, ranked(80, 60, 30, 20, 12));
  expect(plan).toMatchObject({ by: 'features', margin: 0.25, unknown: null });
  expect(plan.candidates.map(({ name, score }) => [name, score])).toEqual([
    ['a', 80],
    ['b', 60],
    ['c', 30],
  ]);
  expect(toPlan(sources, ranked(12, 11, 0)).candidates.map(({ name }) => name)).toEqual(['a']);
});

it('tries the nearest where none is believed, and says how far off that is', () => {
  const plan = toPlan(sources, ranked(11, 7, 3, 0));
  expect(plan.candidates.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(plan.unknown).toMatch(/nearest, a, it shows 11 features in their places, expected at least 12/);
  expect(toPlan(sources.slice(0, 1), ranked(0))).toMatchObject({ margin: 0, candidates: [{ name: 'a' }] });
});

it('has an identity that a reference without likeness does not change, and one with likeness does', () => {
  const before = identityOf(toPlan(sources, ranked(40, 8)));
  expect(identityOf(toPlan(sources, ranked(40, 8, 7)))).toBe(before);
  expect(identityOf(toPlan(sources, ranked(40, 20)))).not.toBe(before);
  const moved = sources.map((one) => ({ ...one, path: `/elsewhere/${one.name}` }));
  expect(identityOf(toPlan(moved, ranked(40, 8)))).toBe(before);
  const changed = [{ ...sources[0]!, sha256: 'f'.repeat(64) }];
  expect(identityOf(toPlan(changed, ranked(40)))).not.toBe(before);
});

it('keeps compact features as they are, and takes nothing else for them', () => {
  const compact: CompactFeatures = {
    features: {
      kind: 'orb',
      points: Float32Array.of(1.5, 2.25, 300, 4),
      descriptors: Uint8Array.from({ length: 64 }, (_, k) => 3 * k),
      bytesPerFeature: 32,
    },
    width: 480,
    height: 320,
    board: [
      [0, 0],
      [479, 0],
      [479, 319],
    ],
  };
  const text = encodeCompact(compact);
  expect(decodeCompact(text)).toEqual(compact);
  for (const damaged of ['', '{}', text.slice(0, -9), text.replace('"version":1', '"version":0')]) {
    expect(decodeCompact(damaged)).toBeNull();
  }
  expect(decodeCompact(text.replace(/"descriptors":"....../, '"descriptors":"'))).toBeNull();
});
