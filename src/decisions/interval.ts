/** A figure that was measured on something, with the range that it leaves open. */
export interface Rate {
  value: number;
  /** 95 % interval. */
  low: number;
  high: number;
  /** What was counted, and among how many. */
  count: number;
  of: number;
}

/** Half the width of 95 % of a normal distribution. */
const Z = 1.96;

/**
 * A share with Wilson's 95 % interval, which also holds for few and for none: 0 of 3 may well be half.
 * Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22, 1927.
 * @returns null where nothing was measured
 */
export function shareOf(count: number, of: number): Rate | null {
  if (of === 0) return null;
  const p = count / of;
  const middle = p + (Z * Z) / (2 * of);
  const half = Z * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of));
  const scale = 1 + (Z * Z) / of;
  return {
    value: p,
    low: count === 0 ? 0 : (middle - half) / scale,
    high: count === of ? 1 : (middle + half) / scale,
    count,
    of,
  };
}

/** Events a photo, of which one photo can have several, with the score interval of a Poisson mean. */
export function meanOf(count: number, of: number): Rate | null {
  if (of === 0) return null;
  const middle = count + (Z * Z) / 2;
  const half = Z * Math.sqrt(count + (Z * Z) / 4);
  return { value: count / of, low: Math.max(0, middle - half) / of, high: (middle + half) / of, count, of };
}
