import { type Box, intersectionArea } from '../geometry/index.js';
import type { ComparisonInput } from './compareBoard.js';
import { expectedFalseCalls, scoreOf, WATCHED } from './decision.js';

/** A difference that is too weak to be told, in reference-frame pixels. */
export interface WeakDifference {
  referenceBox: Box;
  score: number;
}

/** That many are kept, strongest first. */
const MOST = 30;

/**
 * Differences that good boards show up to so many times more often than what is told, and no finding covers. One alone
 * says nothing; a board with many more than the others of its batch is worth a look.
 * @param told places of what was told or accepted
 */
export function weakDifferences(
  {
    regions,
    level,
    spread,
    falseCalls,
    varies,
    ignored,
  }: Omit<ComparisonInput, 'sites' | 'goldenParts' | 'photoParts' | 'rest'>,
  told: readonly Box[],
): WeakDifference[] {
  return regions
    .flatMap(({ box, peak }) => {
      const chance = expectedFalseCalls(peak, Math.max(level, varies(box)), spread);
      const weak =
        chance > falseCalls &&
        chance <= WATCHED * falseCalls &&
        ignored(box) === null &&
        told.every((other) => intersectionArea(other, box) === 0);
      return weak ? [{ referenceBox: box, score: Math.round(1000 * scoreOf(chance)) / 1000 }] : [];
    })
    .slice(0, MOST);
}
