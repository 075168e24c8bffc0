import { expect, it } from 'vitest';
import type { Point } from '../../src/geometry/index.js';
import { applyRules } from '../../src/rules.js';

const square = (x: number): Point[] => [
  [x, 0],
  [x + 100, 0],
  [x + 100, 100],
  [x, 100],
];
const site = (id: string, x: number) => ({
  id,
  label: 'ic',
  expected: 'fitted' as const,
  box: { x, y: 40, width: 20, height: 20 },
  score: null,
  shown: true,
});
const rules = applyRules({
  regions: [
    { id: 'cable', rule: 'ignore', polygon: square(0) as [number, number][] },
    { id: 'flash', rule: 'high-risk', polygon: square(200) as [number, number][] },
  ],
  sites: [site('U1', 40), { ...site('U2', 400), risk: 'high' as const }],
});
const at = (x: number) => ({ x, y: 45, width: 10, height: 10 });

it('says which rule applies at a place', () => {
  expect(rules.ignored(at(50))).toContain('"cable"');
  expect(rules.ignored(at(150))).toBeNull();
  expect([at(50), at(250), at(405), at(500)].map(rules.watched)).toEqual([false, true, true, false]);
});

it('counts high-risk places that cannot be judged', () => {
  const judged = (verdict: 'matches' | 'not-judged') => [
    { id: 'U2', label: 'ic', expected: 'fitted' as const, verdict, reason: null },
  ];
  expect(rules.unseen(() => 1, judged('matches'))).toEqual([]);
  expect(rules.unseen(() => 0.9, judged('not-judged'))).toHaveLength(2);
});
