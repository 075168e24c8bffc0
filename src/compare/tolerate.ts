import type { SiteResult } from '../document/index.js';
import { boxArea, intersectionArea } from '../geometry/index.js';
import type { Tolerance } from '../layout/index.js';
import type { BoardFinding } from './compareBoard.js';

/** Share of a finding that must lie in a tolerance: a larger part in the same place is told. */
const WITHIN = 0.9;

/** What is left to tell, and what was accepted by which tolerance. */
export interface Tolerated {
  findings: BoardFinding[];
  sites: SiteResult[];
  silenced: Map<Tolerance, BoardFinding[]>;
}

/**
 * Takes accepted differences out of what is told: findings of the same kind, at the same site, within the accepted
 * place. Their sites match, and say why. Where a place is watched closely nothing is accepted.
 * @param tolerances those that have not expired
 * @param watched whether a place is watched closely
 */
export function tolerate(
  { findings, sites }: { findings: readonly BoardFinding[]; sites: readonly SiteResult[] },
  tolerances: readonly Tolerance[],
  watched: (box: BoardFinding['box']) => boolean,
): Tolerated {
  const silenced = new Map<Tolerance, BoardFinding[]>();
  const left = findings.filter((finding) => {
    const tolerance = watched(finding.box) ? undefined : tolerances.find((one) => accepts(one, finding));
    if (!tolerance) return true;
    silenced.set(tolerance, [...(silenced.get(tolerance) ?? []), finding]);
    return false;
  });
  const told = new Set(left.map(({ site }) => site));
  const reasons = new Map<string, string>();
  for (const [tolerance, accepted] of silenced) {
    for (const { site } of accepted)
      if (site !== null && !told.has(site)) reasons.set(site, reasonOf(tolerance));
  }
  return {
    findings: left,
    sites: sites.map((site) => {
      const reason = reasons.get(site.id);
      return reason === undefined ? site : { ...site, verdict: 'matches', reason };
    }),
    silenced,
  };
}

/** Whether a difference is one that was accepted. */
export function accepts(
  { kind, site, box }: Pick<Tolerance, 'kind' | 'site' | 'box'>,
  finding: Pick<BoardFinding, 'kind' | 'site' | 'box'>,
): boolean {
  if (kind !== finding.kind || site !== finding.site) return false;
  return intersectionArea(box, finding.box) >= WITHIN * boxArea(finding.box);
}

function reasonOf({ id, reason, by, expires }: Tolerance): string {
  return `a difference here was accepted as ${id} by ${by} until ${expires}: ${reason}`;
}
