import { expect, it } from 'vitest';
import { weighByParts } from '../../src/compare/index.js';

const at = (x: number, peak: number) => ({
  box: { x, y: 0, width: 10, height: 10 },
  added: peak,
  removed: peak - 3,
  peak,
});
const part = (x: number, score: number) => ({
  box: { x, y: 0, width: 10, height: 10 },
  score,
  label: 'resistor',
  labelScore: 1,
});

it('believes a difference more where the detector sees a part, and less where it sees none', () => {
  const [first, second] = weighByParts([at(0, 2), at(100, 1.5)], [part(101, 1), part(50, 1)], 1.6);
  // A certain part is worth 0.8 logits more, none at all 0.8 less: the order turns.
  expect(first).toEqual({ ...at(100, 1.5), added: 2.3, removed: -0.7, peak: 2.3 });
  expect(second!.peak).toBeCloseTo(1.2, 9);
});

it('leaves everything as it is with a weight of nothing, or a part that is undecided', () => {
  expect(weighByParts([at(0, 2)], [part(0, 1)], 0)).toEqual([at(0, 2)]);
  expect(weighByParts([at(0, 2)], [part(0, 0.5)], 1.6)).toEqual([at(0, 2)]);
});

it('asks the surest of several parts, and none that hardly overlaps', () => {
  const [region] = weighByParts([at(0, 2)], [part(1, 0.25), part(0, 0.75), part(8, 1)], 2);
  expect(region!.peak).toBeCloseTo(2.5, 9);
});
