import { expect, it } from 'vitest';
import { type BoardFinding, tolerate } from '../../src/compare/index.js';
import type { SiteResult } from '../../src/document/index.js';
import type { Tolerance } from '../../src/layout/index.js';

const box = { x: 100, y: 50, width: 40, height: 20 };
const finding: BoardFinding = {
  kind: 'wrong-part',
  score: 0.9,
  label: 'ic',
  site: 'U3',
  box,
  explanation: 'It looks different.',
};
const tolerance: Tolerance = {
  id: 'T1',
  kind: 'wrong-part',
  site: 'U3',
  box: { x: 95, y: 45, width: 50, height: 30 },
  reason: 'second supplier',
  by: 'kim',
  accepted: '2026-11-24',
  expires: '2027-03-01',
};
const site = (id: string): SiteResult => ({
  id,
  label: 'ic',
  expected: 'fitted',
  verdict: 'differs',
  reason: 'It looks different.',
});
const never = () => false;
const left = (change: Partial<BoardFinding>, watched: (place: typeof box) => boolean = never) =>
  tolerate({ findings: [{ ...finding, ...change }], sites: [site('U3')] }, [tolerance], watched);

it('silences the same kind at the same site in the accepted place, and says so at the site', () => {
  const { findings, sites, silenced } = left({});
  expect(findings).toEqual([]);
  expect(silenced.get(tolerance)).toEqual([finding]);
  expect(sites[0]).toMatchObject({
    verdict: 'matches',
    reason: 'a difference here was accepted as T1 by kim until 2027-03-01: second supplier',
  });
  // A hand's breadth beside is the same difference.
  expect(left({ box: { ...box, x: 104 } }).findings).toEqual([]);
});

it.each([
  ['another kind', { kind: 'missing-part' as const }],
  ['another site', { site: 'U4' }],
  ['beside all sites', { site: null }],
  ['a larger part in the same place', { box: { x: 80, y: 30, width: 80, height: 60 } }],
  ['another place', { box: { ...box, x: 130 } }],
])('tells %s', (_, change) => {
  const { findings, sites, silenced } = left(change);
  expect(findings).toHaveLength(1);
  expect(sites[0]!.verdict).toBe('differs');
  expect(silenced.size).toBe(0);
});

it('accepts nothing where a place is watched closely', () => {
  expect(left({}, () => true).findings).toHaveLength(1);
});

it('leaves a site that differs in another way too', () => {
  const other = { ...finding, kind: 'unexpected-part' as const };
  const { findings, sites } = tolerate(
    { findings: [finding, other], sites: [site('U3')] },
    [tolerance],
    never,
  );
  expect(findings).toEqual([other]);
  expect(sites[0]!.verdict).toBe('differs');
});
