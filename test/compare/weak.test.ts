import { expect, it } from 'vitest';
import { weakDifferences } from '../../src/compare/index.js';

const at = (x: number, peak: number) => ({
  box: { x, y: 0, width: 20, height: 20 },
  added: peak,
  removed: 0,
  peak,
});
const input = {
  // One false call is to be expected of a summit at 2; each logit less gives e times as many.
  level: 2,
  spread: 1,
  falseCalls: 0.5,
  visible: () => 1,
  varies: () => -Infinity,
  watched: () => false,
  ignored: (): string | null => null,
  tolerancePx: 2,
};

it('keeps what is a little too weak to be told, and nothing weaker', () => {
  const regions = [at(0, 4), at(100, 2.5), at(200, 2), at(300, 1.4), at(400, 1)];
  const weak = weakDifferences({ ...input, regions }, []);
  expect(weak.map(({ referenceBox }) => referenceBox.x)).toEqual([100, 200, 300]);
  expect(weak[1]!.score).toBe(0.5);
});

it('leaves out what is told already, ignored, or varies among good boards', () => {
  const regions = [at(0, 2)];
  expect(weakDifferences({ ...input, regions }, [at(10, 1).box])).toEqual([]);
  expect(weakDifferences({ ...input, regions, ignored: () => 'a rule' }, [])).toEqual([]);
  expect(weakDifferences({ ...input, regions, varies: () => 4 }, [])).toEqual([]);
});
