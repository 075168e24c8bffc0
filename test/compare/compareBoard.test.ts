import { describe, expect, it } from 'vitest';
import {
  type ComparisonInput,
  compareBoard,
  findRegions,
  restOf,
  type SeenPart,
} from '../../src/compare/index.js';
import type { Box } from '../../src/geometry/index.js';
import { mapWith } from './maps.js';

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
const part = (place: Box, label = 'resistor', score = 0.8): SeenPart => ({
  box: place,
  label,
  score,
  labelScore: 0.9,
});
/** A site of 24 × 12 px, cells 10 to 15 across and 10 to 12 down. */
const home = box(40, 40, 24, 12);
const bumpAt = { x: 10, y: 10, width: 6, height: 3 };

function compare(changes: Parameters<typeof mapWith>[0], other: Partial<ComparisonInput> = {}) {
  const map = mapWith(changes);
  return compareBoard({
    sites: [{ id: 'R1', label: 'resistor', expected: 'fitted', box: home, score: 0.9, shown: true }],
    goldenParts: [part(home)],
    photoParts: [part(home)],
    regions: findRegions(map),
    level: 1.5,
    spread: 0.5,
    falseCalls: 1,
    visible: () => 1,
    varies: () => -Infinity,
    watched: () => false,
    ignored: () => null,
    rest: (difference, told) => restOf(difference, told, map),
    tolerancePx: 1,
    ...other,
  });
}

describe('at a site', () => {
  it('one difference over two sites is one finding, and neither of them matches', () => {
    const away = box(100, 40, 24, 12);
    const next = box(40, 53, 24, 12);
    const site = (id: string, place: Box) => ({
      id,
      label: 'resistor',
      expected: 'fitted' as const,
      box: place,
      score: 0.9,
      shown: true,
    });
    const { findings, sites } = compare([{ x: 10, y: 10, width: 6, height: 6, removed: 4 }], {
      sites: [site('R1', home), site('R2', next), site('R3', away)],
      photoParts: [],
    });
    expect(findings).toHaveLength(1);
    expect(sites.map(({ verdict }) => verdict)).toEqual(['differs', 'differs', 'matches']);
  });

  it('one difference over two parts of one size, taken for one of them: the other is told too', () => {
    const large = box(40, 40, 40, 40);
    const next = box(40, 80, 40, 40);
    const site = (id: string, place: Box) => ({
      ...{ id, label: 'led', expected: 'fitted' as const, box: place, score: 0.9, shown: true },
    });
    const ridge = [{ x: 10, y: 10, width: 10, height: 20, removed: 4 }];
    const both = { sites: [site('D1', large), site('D2', next)], goldenParts: [part(large), part(next)] };
    const { findings, sites } = compare(ridge, { ...both, photoParts: [] });
    expect(findings).toMatchObject([
      { kind: 'missing-part', site: 'D1', box: large },
      { kind: 'missing-part', site: 'D2' },
    ]);
    expect(sites.map(({ verdict }) => verdict)).toEqual(['differs', 'differs']);
    // Without a site there, what is left is told as what it is: a change.
    const { findings: beside } = compare(ridge, { ...both, sites: [site('D1', large)], photoParts: [] });
    expect(beside).toHaveLength(2);
    expect(beside[1]!.site).toBeNull();
    // A difference that may be chance is told once.
    expect(compare(ridge, { ...both, photoParts: [], level: 3.5 }).findings).toHaveLength(1);
  });

  it('nothing changed: it matches', () => {
    const { findings, sites } = compare([]);
    expect(findings).toEqual([]);
    expect(sites[0]).toMatchObject({ id: 'R1', verdict: 'matches', reason: null });
  });

  it('removed and nothing seen: missing, at the place where it should be', () => {
    const { findings, sites } = compare([{ ...bumpAt, removed: 4 }], { photoParts: [] });
    expect(findings).toMatchObject([{ kind: 'missing-part', site: 'R1', label: 'resistor', box: home }]);
    expect(findings[0]!.score).toBeGreaterThan(0.99);
    expect(sites[0]!.verdict).toBe('differs');
  });

  it('added and removed: a wrong part, named where another class is seen', () => {
    const both = { ...bumpAt, added: 4, removed: 4 };
    expect(compare([both]).findings).toMatchObject([{ kind: 'wrong-part', site: 'R1' }]);
    const { findings } = compare([both], { photoParts: [part(home, 'diode')] });
    expect(findings[0]!.explanation).toContain('a diode');
  });

  it('the part seen beside its site: shifted, one finding for where it was and where it is', () => {
    const { findings } = compare(
      [
        { ...bumpAt, removed: 4 },
        { x: 13, y: 14, width: 6, height: 3, added: 4.5 },
      ],
      { photoParts: [part(box(52, 52, 24, 12))], tolerancePx: 4 },
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'shifted-part', site: 'R1' });
  });

  it('the part seen lying across: rotated', () => {
    const { findings } = compare([{ x: 10, y: 9, width: 6, height: 5, added: 4, removed: 3 }], {
      photoParts: [part(box(46, 34, 12, 24))],
    });
    expect(findings).toMatchObject([{ kind: 'rotated-part', site: 'R1' }]);
  });

  it('too little of it in sight: not judged', () => {
    const { sites } = compare([], { visible: () => 0.2 });
    expect(sites[0]).toMatchObject({
      verdict: 'not-judged',
      reason: 'only 20 % of the site can be judged in this photo',
    });
  });

  it('a part where the reference expects none: unexpected', () => {
    const empty = { id: 'R2', label: null, expected: 'empty', box: home, score: null, shown: false } as const;
    const { findings } = compare([{ ...bumpAt, added: 4 }], { sites: [empty], goldenParts: [] });
    expect(findings).toMatchObject([{ kind: 'unexpected-part', site: 'R2', label: 'resistor' }]);
  });
});

describe('beside the sites', () => {
  const place = { x: 40, y: 25, width: 3, height: 3 };
  const there = box(160, 100, 12, 12);

  it('added, and the detector sees a part: unexpected, with the box of the part', () => {
    const seen = part(box(158, 98, 16, 15), 'capacitor', 0.4);
    const { findings } = compare([{ ...place, added: 2 }], { photoParts: [part(home), seen] });
    expect(findings).toMatchObject([
      { kind: 'unexpected-part', label: 'capacitor', site: null, box: seen.box },
    ]);
  });

  it('added beyond doubt: unexpected without the detector too', () => {
    expect(compare([{ ...place, added: 6 }]).findings).toMatchObject([
      { kind: 'unexpected-part', label: null, box: there },
    ]);
  });

  it('added, barely, and no part seen: a change that nothing explains', () => {
    expect(compare([{ ...place, added: 1.8 }]).findings).toMatchObject([
      { kind: 'unexplained-change', box: there },
    ]);
  });

  it('weaker than the false calls that are allowed: not told', () => {
    const weak = [{ ...place, added: 1.2 }];
    expect(compare(weak).findings).toEqual([]);
    const { findings } = compare(weak, { falseCalls: 4 });
    expect(findings).toHaveLength(1);
    expect(findings[0]!.score).toBeLessThan(0.5);
  });
});

describe('where good boards differ among themselves', () => {
  const place = { x: 40, y: 25, width: 3, height: 3 };

  it('a difference no stronger than theirs is not told', () => {
    expect(compare([{ ...place, added: 4 }], { varies: () => 4.5 }).findings).toEqual([]);
  });

  it('a stronger one is', () => {
    expect(compare([{ ...place, added: 6 }], { varies: () => 4.5 }).findings).toHaveLength(1);
  });

  it('the site says so', () => {
    const { sites } = compare([{ ...bumpAt, added: 4, removed: 4 }], { varies: () => 5 });
    expect(sites[0]).toMatchObject({ verdict: 'matches', reason: expect.stringContaining('good boards') });
  });
});

describe('rules', () => {
  const place = { x: 40, y: 25, width: 3, height: 3 };

  it('tell weaker differences where a place is watched closely', () => {
    const weak = [{ ...place, added: 1.2 }];
    expect(compare(weak).findings).toEqual([]);
    expect(compare(weak, { watched: () => true }).findings).toHaveLength(1);
  });

  it('leave a site in an ignored region unjudged, with the region named', () => {
    const { sites } = compare([], {
      ignored: () => 'it lies in region "cable", which the reference ignores',
    });
    expect(sites[0]).toMatchObject({ verdict: 'not-judged', reason: expect.stringContaining('"cable"') });
  });
});

describe('a variant', () => {
  const site = { id: 'R1', label: 'resistor', box: home, score: null };
  const sitesOf = (expected: 'fitted' | 'empty' | 'optional', shown: boolean) => ({
    sites: [{ ...site, expected, shown }],
  });
  const gone = { ...bumpAt, removed: 4 };
  const come = { ...bumpAt, added: 4 };

  it('without the part that the golden photo shows: the part is unexpected, its absence is right', () => {
    expect(compare([], sitesOf('empty', true)).findings).toMatchObject([
      { kind: 'unexpected-part', site: 'R1' },
    ]);
    const bare = compare([gone], { ...sitesOf('empty', true), photoParts: [] });
    expect(bare.findings).toEqual([]);
    expect(bare.sites[0]!.verdict).toBe('matches');
  });

  it('with a part where the golden photo is bare: bare board is a missing part', () => {
    expect(compare([], sitesOf('fitted', false)).findings).toMatchObject([
      { kind: 'missing-part', site: 'R1' },
    ]);
    expect(compare([come], sitesOf('fitted', false)).findings).toEqual([]);
  });

  it('that leaves it open: a part more or less is as good, another part is not', () => {
    expect(compare([gone], sitesOf('optional', true)).findings).toEqual([]);
    expect(compare([come], sitesOf('optional', false)).findings).toEqual([]);
    expect(compare([{ ...bumpAt, added: 4, removed: 4 }], sitesOf('optional', true)).findings).toMatchObject([
      { kind: 'wrong-part' },
    ]);
  });

  it('says nothing of what the photo does not show', () => {
    const { findings, sites } = compare([], { ...sitesOf('empty', true), visible: () => 0.1 });
    expect(findings).toEqual([]);
    expect(sites[0]!.verdict).toBe('not-judged');
  });
});
