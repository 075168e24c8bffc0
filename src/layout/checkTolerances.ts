import { boundingBox, intersectBoxes, intersectionArea } from '../geometry/index.js';
import type { Problem } from './check.js';
import type { ReferenceFile } from './schema.js';
import { inForce } from './tolerances.js';

/**
 * Whether accepted differences still hold and lie where they can.
 * @param today YYYY-MM-DD
 */
export function checkTolerances(
  {
    frame,
    regions,
    sites,
    tolerances = [],
  }: Pick<ReferenceFile, 'frame' | 'regions' | 'sites' | 'tolerances'>,
  today: string,
): Problem[] {
  const problems: Problem[] = [];
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
  const holding = new Set(inForce(tolerances, today));
  for (const tolerance of tolerances) {
    const { id, box, site, expires } = tolerance;
    const where = `reference.json tolerances.${id}`;
    const say = (severity: Problem['severity'], message: string) =>
      problems.push({ severity, where, message });
    if (!holding.has(tolerance)) {
      say('warning', `it expired on ${expires} and does nothing: accept the difference again, or delete it`);
    }
    if (!intersectBoxes(box, whole)) say('error', 'it lies outside of the frame');
    if (site !== null && !sites.some((known) => known.id === site)) {
      say('warning', `it is for site "${site}", which this reference does not have, and does nothing`);
    }
    const risky =
      regions.some(
        ({ rule, polygon }) => rule === 'high-risk' && intersectionArea(boundingBox(polygon), box) > 0,
      ) || sites.some((known) => known.risk === 'high' && intersectionArea(known.box, box) > 0);
    if (risky) say('warning', 'it reaches into a place of high risk, where nothing is accepted');
  }
  return problems;
}
