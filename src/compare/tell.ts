import type { ChangeRegion } from './changeRegions.js';
import type { ComparisonInput } from './compareBoard.js';
import { expectedFalseCalls, WATCHED } from './decision.js';

/** A difference that is strong enough to be told. */
export interface Difference extends ChangeRegion {
  falseCalls: number;
}

/**
 * The differences that are strong enough to be told, strongest first, and those that would be, did good boards not
 * differ there as much.
 */
export function tell(
  input: Pick<ComparisonInput, 'regions' | 'level' | 'spread' | 'falseCalls' | 'varies' | 'watched'>,
): { told: Difference[]; tolerated: Difference[] } {
  const told: Difference[] = [];
  const tolerated: Difference[] = [];
  for (const region of input.regions) {
    const { box, peak } = region;
    const least = input.falseCalls * (input.watched(box) ? WATCHED : 1);
    const chance = expectedFalseCalls(peak, input.level, input.spread);
    if (chance > least) continue;
    // Where one of the good boards differs as much, another one may well: the level of chance is theirs.
    const falseCalls = expectedFalseCalls(peak, Math.max(input.level, input.varies(box)), input.spread);
    if (falseCalls > least) tolerated.push({ ...region, falseCalls });
    else told.push({ ...region, falseCalls });
  }
  return { told, tolerated };
}
