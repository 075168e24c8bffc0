import type { BoardFinding } from './compare/index.js';
import type { Inspection, SiteResult } from './document/index.js';
import { type Box, boundingBox, boxCenter, insidePolygon, intersectionArea } from './geometry/index.js';
import type { Tolerance } from './layout/index.js';
import type { Reference } from './learn.js';
import { numbered } from './placeInPhoto.js';
import type { Board } from './severalLooks.js';

/** Share of a high-risk region that must be judged before a board can be said to match. */
const RISK_SEEN = 0.95;

/** A reference's rules as questions about places, in reference-frame pixels. */
export function applyRules({ regions, sites }: Pick<Reference, 'regions' | 'sites'>) {
  const ignoring = regions.filter(({ rule }) => rule === 'ignore');
  const risky = regions.filter(({ rule }) => rule === 'high-risk');
  const riskySites = sites.filter(({ risk }) => risk === 'high');
  return {
    /** Whether a place is watched closely. */
    watched: (box: Box): boolean =>
      risky.some(({ polygon }) => insidePolygon(polygon, boxCenter(box))) ||
      riskySites.some((site) => intersectionArea(site.box, box) > 0),
    /** Why nothing is told at a place, or null. */
    ignored(box: Box): string | null {
      const region = ignoring.find(({ polygon }) => insidePolygon(polygon, boxCenter(box)));
      return region ? `it lies in region "${region.id}", which the reference ignores` : null;
    },
    /** Names of the high-risk places that could not be judged. */
    unseen(judgedShare: (box: Box) => number, judged: readonly SiteResult[]): string[] {
      const verdicts = new Map(judged.map(({ id, verdict }) => [id, verdict]));
      return [
        ...risky
          .filter(({ polygon }) => judgedShare(boundingBox(polygon)) < RISK_SEEN)
          .map(({ id }) => `region "${id}"`),
        ...riskySites.filter(({ id }) => verdicts.get(id) === 'not-judged').map(({ id }) => `site ${id}`),
      ];
    },
  };
}

/** Accepted differences as the document lists rules: those that hold, with what they kept from being told. */
export function toleranceRules(
  tolerances: readonly Tolerance[],
  silenced: ReadonlyMap<Tolerance, readonly BoardFinding[]>,
  bestOf: Board['bestOf'],
): Inspection['rules'] {
  return tolerances.map((tolerance) => {
    const { id, kind, site, reason, by, accepted, expires } = tolerance;
    const where = site === null ? '' : ` at ${site}`;
    return {
      id,
      rule: 'tolerance',
      note: `${kind}${where}: ${reason} (accepted by ${by} on ${accepted}, until ${expires})`,
      silenced: numbered(silenced.get(tolerance) ?? [], bestOf, () => null).map(
        ({ id: _, ...finding }) => finding,
      ),
    };
  });
}
