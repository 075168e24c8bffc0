import type { FindingKind, SiteResult } from '../document/index.js';
import type { ChangeRegion } from './changeRegions.js';
import type { ExpectedSite } from './compareBoard.js';
import { THRESHOLDS, tooLittleSeen } from './thresholds.js';

/**
 * Judges a site where photo and golden photo are to differ, or may: one that is optional, that a variant leaves empty
 * while the golden photo shows a part, or the other way round.
 * @param differences told at the site
 * @param visible share of the site that can be judged, 0 to 1
 * @returns the verdict, with the finding's kind where it is known from the expectation alone; `differs` without a kind
 * says that the differences are to be judged as everywhere else
 */
export function atVariantSite(
  { expected, shown }: Pick<ExpectedSite, 'expected' | 'shown'>,
  differences: readonly Pick<ChangeRegion, 'added' | 'removed'>[],
  visible: number,
): Pick<SiteResult, 'verdict' | 'reason'> & { kind: FindingKind | null } {
  if (visible < THRESHOLDS.visibleShare) {
    return { verdict: 'not-judged', reason: tooLittleSeen(visible), kind: null };
  }
  const matches = { verdict: 'matches', reason: null, kind: null } as const;
  const gone = differences.some(({ added, removed }) => removed > added);
  const come = differences.some(({ added, removed }) => added >= removed);
  if (expected === 'optional') {
    // A part more or a part less is as good; another part in place of the golden photo's is not.
    return shown && come ? { verdict: 'differs', reason: null, kind: null } : matches;
  }
  if (expected === 'empty') {
    if (gone && !come) return matches;
    const reason = come
      ? 'there is another part than in the golden photo, and this variant has none here'
      : 'the part of the golden photo is there, and this variant has none here';
    return { verdict: 'differs', reason, kind: 'unexpected-part' };
  }
  if (come) return matches;
  return {
    verdict: 'differs',
    reason: 'the site is as bare as in the golden photo, and this variant has a part here',
    kind: 'missing-part',
  };
}
