/** A seeded source of random numbers: the same seed gives the same plants on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  range(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** One item of a list. Throws a RangeError when the list is empty. */
  pick<T>(list: readonly T[]): T;
  /** Gaussian, mean 0, standard deviation 1. */
  normal(): number;
}

/**
 * Random numbers from a seed.
 * Source: mulberry32 by Tommy Ettinger (public domain); Gaussian by Box and Muller, Ann. Math. Stat. 29(2), 1958.
 * @param seed taken as an unsigned 32-bit integer
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    range: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => {
      if (list.length === 0) throw new RangeError('pick: expected a list with items, got an empty one');
      return list[Math.floor(next() * list.length)]!;
    },
    // 1 - next() lies in (0, 1], so the logarithm stays finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
