import { referenceClass } from './referenceClass.js';

/** What an importer knows of something on a board. */
export interface BoardItem {
  /** Reference designator, "" where there is none. */
  reference: string;
  /** Name of its footprint or package, with or without its library; "" where unknown. */
  footprint: string;
  /** Pads with copper; null where the source has none for anything. */
  pads: number | null;
}

/** Names of footprints that are copper, a hole or print and nothing that is placed. */
const BARE =
  /fiducial|mounting[-_ ]?hole|(^|[^a-z])logo|test[-_ ]?(point|pad)|solder[-_ ]?(jumper|bridge)|net[-_]?tie|tag-connect|kibuzzard/i;

/**
 * Letters of designators of the same, with the most pads that such a thing has: a test point with two is a loop of wire,
 * an H with more is a header. Holes have vias around them, so that their pads say nothing.
 */
const PREFIXES: Readonly<Record<string, number>> = {
  FID: Infinity,
  FIDU: Infinity,
  FUD: Infinity,
  HOLE: Infinity,
  LOGO: Infinity,
  MH: Infinity,
  MTG: Infinity,
  MP: 1,
  H: 1,
  TP: 1,
  SJ: 3,
};

/**
 * Whether something on a board is a part of the board itself and not one that somebody fits: a fiducial, a test point, a
 * mounting hole, a logo, a solder jumper. The one rule for all formats. The footprint's name is believed first, then what
 * has no pads at all is bare, then a class that the footprint tells makes it a part, and only then the designator counts.
 */
export function isBoardFeature({ reference, footprint, pads }: BoardItem): boolean {
  const name = footprint.slice(footprint.lastIndexOf(':') + 1);
  if (BARE.test(name) || pads === 0) return true;
  if (referenceClass('', name) !== null) return false;
  const prefix = /^[a-z]+/i.exec(reference.trim())?.[0].toUpperCase() ?? '';
  const most = Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix]! : 0;
  return (pads ?? 1) <= most;
}

/** What an importer says of such things; no sentence for none. */
export function boardFeatureRemarks(count: number): string[] {
  if (count === 0) return [];
  return [
    `${count} are part of the board and not fitted (fiducials, test points, holes, logos, jumpers): left out.`,
  ];
}
