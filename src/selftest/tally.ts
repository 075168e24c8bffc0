/** What the counting needs to know of a plant. */
export interface Outcome {
  /** Longer side as planted, reference pixels. */
  longSidePx: number;
  found: boolean;
}

/** How many parts of one size were planted and found. */
export interface SizeTally {
  longSidePx: number;
  planted: number;
  found: number;
}

/** Longer sides that are planted, reference pixels, in an order that spreads even a few of them. */
const SIZES = [8, 24, 48, 12, 32, 16, 20, 10] as const;

/** Share of a size that must be found for it to count as shown. */
export const SHOWN_SHARE = 0.8;

/** A larger part than this finds no free place on most boards, reference pixels. */
const LARGEST = 64;

/**
 * The sizes to plant, reference pixels: each about equally often.
 * @param stated the size from which on parts are said to show: it is planted too, unless it is too large for a free place
 */
export function plantSizes(count: number, stated: number | null = null): number[] {
  const known: readonly number[] = SIZES;
  const sizes = stated === null || stated > LARGEST || known.includes(stated) ? known : [stated, ...known];
  return Array.from({ length: count }, (_, k) => sizes[k % sizes.length]!);
}

/** Counts by size, smallest first. */
export function tallySizes(outcomes: readonly Outcome[]): SizeTally[] {
  const tallies = new Map<number, SizeTally>();
  for (const { longSidePx, found } of outcomes) {
    const tally = tallies.get(longSidePx) ?? { longSidePx, planted: 0, found: 0 };
    tally.planted++;
    if (found) tally.found++;
    tallies.set(longSidePx, tally);
  }
  return [...tallies.values()].sort((a, b) => a.longSidePx - b.longSidePx);
}

/**
 * The smallest size from which on at least {@link SHOWN_SHARE} was found. Larger parts are no harder to see: sizes that are
 * out of order by chance, a larger one found less often than a smaller, are taken together before they are judged.
 * Source: pool adjacent violators, Ayer et al., An empirical distribution function for sampling with incomplete
 * information, Ann. Math. Stat. 26(4), 1955.
 * @param sizes smallest first
 * @returns reference pixels, `null` where not even the largest sizes qualify, or none was planted
 */
export function smallestShown(sizes: readonly SizeTally[]): number | null {
  const pools: SizeTally[] = [];
  for (const size of sizes) {
    let pool = size;
    for (
      let last = pools.at(-1);
      last && last.found * pool.planted > pool.found * last.planted;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = {
        longSidePx: last.longSidePx,
        planted: last.planted + pool.planted,
        found: last.found + pool.found,
      };
    }
    pools.push(pool);
  }
  return pools.find(({ planted, found }) => found >= SHOWN_SHARE * planted)?.longSidePx ?? null;
}
