import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/selftest/random.js';

describe('createRandom', () => {
  it('gives the published mulberry32 numbers', () => {
    const random = createRandom(1);
    expect(Math.floor(random.next() * 2 ** 32)).toBe(2693262067);
  });

  it('repeats itself for the same seed only', () => {
    const draw = (seed: number) => {
      const random = createRandom(seed);
      return [random.next(), random.normal(), random.integer(0, 99)];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('stays within its bounds', () => {
    const random = createRandom(3);
    let sum = 0;
    let squares = 0;
    for (let k = 0; k < 4000; k++) {
      const range = random.range(-2, 5);
      expect(range >= -2 && range < 5).toBe(true);
      expect([3, 4, 5]).toContain(random.integer(3, 5));
      const normal = random.normal();
      sum += normal;
      squares += normal * normal;
    }
    expect(Math.abs(sum / 4000)).toBeLessThan(0.06);
    expect(Math.abs(squares / 4000 - 1)).toBeLessThan(0.1);
  });

  it('says what it expects', () => {
    expect(() => createRandom(1).pick([])).toThrow('pick: expected a list with items');
  });
});
