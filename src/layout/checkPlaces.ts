import {
  type Box,
  boundingBox,
  boxCenter,
  boxIoU,
  insidePolygon,
  intersectBoxes,
} from '../geometry/index.js';
import type { Problem } from './check.js';
import type { ReferenceFile, Site } from './schema.js';

/** Two sites that share so much of their place are one part told twice. */
const SAME = 0.7;
/** A box may reach over an edge by what rounding does. */
const SLACK_PX = 1;

/** Whether sites, regions and outline of a reference lie where they can: pure, from the description alone. */
export function checkPlaces({ frame, outline, regions, sites }: ReferenceFile): Problem[] {
  const problems: Problem[] = [];
  const say = (severity: Problem['severity'], what: string, message: string) =>
    problems.push({ severity, where: `reference.json ${what}`, message });
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };

  if (!outline.found)
    say('warning', 'outline', 'the board was not told from its background: the whole photo counts');
  if (!within(boundingBox(outline.polygon), whole)) say('warning', 'outline', 'it reaches out of the frame');

  for (const { id, polygon } of regions) {
    const box = boundingBox(polygon);
    if (!intersectBoxes(box, whole)) say('error', `regions.${id}`, 'the region lies outside of the frame');
    else if (!within(box, whole)) say('warning', `regions.${id}`, 'the region reaches out of the frame');
  }

  for (const { id, box } of sites) {
    if (!intersectBoxes(box, whole)) say('error', `sites.${id}`, 'the site lies outside of the frame');
    else if (!within(box, whole)) say('warning', `sites.${id}`, 'the site reaches out of the frame');
    else if (outline.found && !insidePolygon(outline.polygon, boxCenter(box))) {
      say('warning', `sites.${id}`, 'the site lies outside of the board’s outline');
    }
  }
  for (const [one, other] of twins(sites)) {
    say('warning', `sites.${one.id}`, `the site is in the same place as ${other.id}`);
  }
  return problems;
}

function within({ x, y, width, height }: Box, whole: Box): boolean {
  return (
    x >= -SLACK_PX &&
    y >= -SLACK_PX &&
    x + width <= whole.width + SLACK_PX &&
    y + height <= whole.height + SLACK_PX
  );
}

/** Sites that lie in the place of another one, with the first such: at most one pair a site. */
function twins(sites: readonly Site[]): [Site, Site][] {
  const fromLeft = [...sites].sort((a, b) => a.box.x - b.box.x);
  const pairs: [Site, Site][] = [];
  for (const [k, site] of fromLeft.entries()) {
    // Boxes that share 0.7 of their union begin within 0.3 of the wider one's width.
    for (let j = k - 1; j >= 0; j--) {
      const other = fromLeft[j]!;
      if (site.box.x - other.box.x > site.box.width) break;
      if (boxIoU(site.box, other.box) < SAME) continue;
      pairs.push([site, other]);
      break;
    }
  }
  return pairs;
}
