import type { NotJudgedReason } from './document/index.js';
import { type Box, intersectionArea } from './geometry/index.js';
import type { Site } from './layout/index.js';

/** Sites that are named; more of them are counted. */
const NAMED = 2;

/** What is wrong with a place, and what to do about it. */
const WORDS: Record<NotJudgedReason, [what: string, how: string]> = {
  glare: ['is washed out', 'tilt the lamp or the board, or put a diffuser before the lamp'],
  shadow: ['is too dark', 'add light from that side, or take away what throws the shadow'],
  blur: [
    'is blurred',
    'focus on the board, hold the camera still, and take it as near as the photo of the reference',
  ],
  // From aside tall parts, and the table beside them, look like something over the board.
  occluded: [
    'is covered or looks like something else',
    'take away what lies over the board or, if nothing does, take the photo from straight above',
  ],
  'out-of-frame': ['is not in the photo', 'take the photo so that the whole board is in it'],
  parallax: ['lies too far aside', 'take the photo from straight above, as the photo of the reference was'],
  resolution: ['is too small in the photo for the parts there', 'go nearer, or take several close-ups'],
};

/** How to take a photo without such places, wherever they are: "Tilt the lamp …", without a full stop. */
export function howToRetake(reason: NotJudgedReason): string {
  const how = WORDS[reason][1];
  return `${how[0]!.toUpperCase()}${how.slice(1)}`;
}

/** One sentence on how to retake a photo: "Tilt the lamp …: the area around U12 is washed out." */
export function adviceFor(reason: NotJudgedReason, box: Box, sites: readonly Site[]): string {
  const here = sites
    .map(({ id, box: site }) => ({ id, shared: intersectionArea(site, box), area: site.width * site.height }))
    .filter(({ shared }) => shared > 0)
    // The largest is what a technician sees first.
    .sort((a, b) => b.area - a.area);
  const names = here.slice(0, NAMED).map(({ id }) => id);
  const more = here.length - names.length;
  const where =
    names.length === 0
      ? 'a place beside all sites'
      : `the area around ${names.join(' and ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `${howToRetake(reason)}: ${where} ${WORDS[reason][0]}.`;
}

/** What makes a finding in such a place doubtful, to follow its explanation. */
export function doubtAbout(reason: NotJudgedReason): string {
  return `The place ${WORDS[reason][0]} in this photo, so look at the board itself.`;
}

/** What makes a finding doubtful that only one of several photos shows. */
export function shownByOne(photos: number): string {
  return `Only one of the ${photos} photos that see this place shows it: look at the board itself, and whether all of them are of this board.`;
}
