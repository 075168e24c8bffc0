import {
  type ChangeRegion,
  expectedFalseCalls,
  majority,
  overlapOfSmaller,
  type Relief,
  reliefOf,
  type SeenPart,
  shareIn,
  shareOfBoard,
  strongestNear,
} from './compare/index.js';
import type { NotJudgedReason } from './document/index.js';
import { type Box, boundingBox, boxCorners, boxIoU, scaleBox } from './geometry/index.js';
import type { Site } from './layout/index.js';
import type { Look } from './look.js';
import type { SameView } from './sameView.js';

/** What all photos of a board show together, in reference-frame pixels. */
export interface Board {
  parts: readonly SeenPart[];
  /** Where it differs from the golden photo, strongest first, and the summit of which there is one by chance. */
  regions: readonly ChangeRegion[];
  level: number;
  /** Judged share of the board, 0 to 1, and what none of the photos lets one judge. */
  judgedFraction: number;
  notJudged: { reason: NotJudgedReason; box: Box; look: Look }[];
  /** Smallest part that would show, cell by cell; NaN where nothing is judged. */
  visible: Float32Array;
  /** Correlation of fine detail with the golden photo's in the photo that shares most. */
  sharedDetail: number;
  tolerancePx: number;
  /** The frame that all of them are laid into. */
  view: Pick<SameView, 'surface' | 'scale' | 'board'>;
  /** Share of a box that can be judged in any of them, 0 to 1; 0 for a part that is too small in all of them. */
  judgedShare(box: Box): number;
  /** The photo that shows a place best; of a difference that only one photo shows, that one. */
  bestOf(box: Box): Look;
  /** Of how many photos that see a place only one shows a difference there; null where it is not so. */
  oneOf(box: Box): number | null;
}

/** How chance differences of several photos compare with those of one, from the change model's contract. */
export interface Chance {
  /** Logits within which chance summits become e times rarer. */
  spread: number;
  /** Logits by which chance is lower where two photos and more have a say. */
  relief?: Relief | undefined;
}

/** Share of a box that a photo must let one judge to have a say in it. */
const HAS_A_SAY = 0.5;
/** Differences that a photo shows oftener than so many times by chance are not worth asking the others about. */
const WORTH_ASKING = 20;
/** Longer side, photo pixels, below which nobody could tell one part from another: a cell and a half of the change model. */
const LEAST_SITE_PX = 6;
/**
 * A difference that the majority does not show counts as if chance brought it about so many times as often, for each photo
 * that has a say: it must be plain to be told. Yet it must not vanish: the photos may be of two boards.
 */
const LONELY = 10;
/** Shared area, of the smaller box, from which two photos tell of one difference or part. */
const SAME = 0.5;

/**
 * Takes photos of one board together. A place that any of them lets one judge is judged. A difference counts half as
 * the majority of the photos that see its place show it, and half as the photo does that shows it most plainly: what glare or
 * parallax makes one photo show the others settle, and what is truly there some show better than others. What one photo
 * shows beyond doubt is told all the same.
 * @param looks one and more
 * @param sites those that are too small in every photo are not judged
 */
export function severalLooks(looks: readonly Look[], sites: readonly Site[], chance: Chance): Board {
  const [first] = looks;
  if (!first) throw new RangeError('severalLooks: expected one look and more, got none');
  const { judged, notJudged, lonely, ...shown } = looks.length === 1 ? alone(first) : together(looks, chance);
  const { surface, scale } = first.view;
  const tooSmall = (box: Box) => looks.every(({ place }) => longerSide(place.box(box)) < LEAST_SITE_PX);
  // Of a large place the strongest difference in it decides.
  const lonelyAt = (box: Box) => {
    const strongest = shown.regions.find((region) => overlapOfSmaller(region.box, box) > SAME);
    return strongest && lonely.get(strongest);
  };
  const small = sites.map(({ box }) => box).filter(tooSmall);
  return {
    ...shown,
    notJudged: [
      ...notJudged,
      ...(small.length > 0 ? [{ reason: 'resolution' as const, box: enclosing(small), look: first }] : []),
    ],
    sharedDetail: Math.max(...looks.map(({ view }) => view.sharedDetail)),
    tolerancePx: Math.max(...looks.map(({ view }) => view.tolerancePx)),
    view: first.view,
    judgedShare: (box) => (tooSmall(box) ? 0 : shareIn(judged, surface.width, scaleBox(box, scale))),
    bestOf: (box) =>
      lonelyAt(box)?.look ??
      looks.reduce((best, look) => (look.view.judgedShare(box) > best.view.judgedShare(box) ? look : best)),
    oneOf: (box) => lonelyAt(box)?.voices ?? null,
  };
}

/** What the photos show, and where they let one judge: a byte a pixel of the surface frame. */
type Shown = Pick<Board, 'parts' | 'regions' | 'level' | 'judgedFraction' | 'notJudged' | 'visible'> & {
  judged: Uint8Array;
  /** Those of the differences that only one photo shows. */
  lonely: ReadonlyMap<ChangeRegion, Lonely>;
};

/** The one photo that shows a difference, and how many see its place. */
interface Lonely {
  look: Look;
  voices: number;
}

/** One photo as it is. */
function alone(look: Look): Shown {
  const { parts, regions, level, visible, view } = look;
  const { judged, judgedFraction } = view;
  const notJudged = view.notJudged.map((place) => ({ ...place, look }));
  return { parts, regions, level, judged, judgedFraction, notJudged, visible, lonely: new Map() };
}

/** Several photos, each place as those that see it show it. */
function together(looks: readonly Look[], chance: Chance): Shown {
  const [first, ...others] = looks as [Look, ...Look[]];
  const level = looks.reduce((sum, look) => sum + look.level, 0) / looks.length;
  const judged = first.view.judged.slice();
  for (const { view } of others) for (let k = 0; k < judged.length; k++) judged[k]! |= view.judged[k]!;
  const { surface, scale, board } = first.view;
  return {
    parts: onePartEach(looks),
    ...agreed(looks, level, chance),
    level,
    judged,
    judgedFraction: shareOfBoard(judged, board),
    notJudged: placesNotJudged(looks, (box) => shareIn(judged, surface.width, scaleBox(box, scale))),
    visible: first.visible.map((_, k) => least(looks.map(({ visible }) => visible[k]!))),
  };
}

/** Places that none of the photos lets one judge, each once. */
function placesNotJudged(looks: readonly Look[], judgedShare: (box: Box) => number): Board['notJudged'] {
  const all = looks.flatMap((look) => look.view.notJudged.map((place) => ({ ...place, look })));
  return all
    .filter(({ box }) => judgedShare(box) < HAS_A_SAY)
    .filter(
      ({ box, look }, k, open) =>
        !open.slice(0, k).some((other) => other.look !== look && overlapOfSmaller(other.box, box) > SAME),
    );
}

const longerSide = ({ width, height }: Box) => Math.max(width, height);

function enclosing(boxes: readonly Box[]): Box {
  return boundingBox(boxes.flatMap(boxCorners));
}

/**
 * Every difference that one of the photos shows, as strong as all of them together show it, strongest first; and those that are
 * so plain in one photo that they stay although the majority does not show them.
 */
function agreed(
  looks: readonly Look[],
  level: number,
  { relief = [], spread }: Chance,
): Pick<Shown, 'regions' | 'lonely'> {
  const all = looks.flatMap((look) =>
    look.regions
      .filter(({ peak }) => expectedFalseCalls(peak, look.level, 1) < WORTH_ASKING)
      .map(({ box, ...here }) => {
        // Each photo's logits against its own level of chance.
        const seenBy = (other: Look, logits: { added: number; removed: number }) => ({
          added: logits.added - other.level + level,
          removed: logits.removed - other.level + level,
        });
        const own = seenBy(look, here);
        const others = looks
          .filter((other) => other !== look && other.view.judgedShare(box) >= HAS_A_SAY)
          .map((other) => seenBy(other, strongestNear(other.changes, box)));
        const voices = [own, ...others];
        const raise = reliefOf(relief, voices.length);
        const added = voices.map((voice) => voice.added);
        const removed = voices.map((voice) => voice.removed);
        const shared = region(box, halfWay(added) + raise, halfWay(removed) + raise);
        const most = Math.max(majority(added), majority(removed));
        const doubt = spread * Math.log(LONELY * voices.length);
        const alone = region(box, own.added - doubt, own.removed - doubt);
        if (look.view.judgedShare(box) < HAS_A_SAY) return { region: shared, lonely: null };
        // What the majority shows beyond chance more than one photo shows, if less plainly.
        const isLonely = voices.length > 1 && most < level && Math.max(own.added, own.removed) >= level;
        return {
          region: alone.peak > shared.peak ? alone : shared,
          lonely: isLonely ? { look, voices: voices.length } : null,
        };
      }),
  );
  all.sort((a, b) => b.region.peak - a.region.peak);
  const regions: ChangeRegion[] = [];
  const lonely = new Map<ChangeRegion, Lonely>();
  for (const { region, lonely: one } of all) {
    if (regions.some(({ box }) => overlapOfSmaller(box, region.box) > SAME)) continue;
    regions.push(region);
    if (one) lonely.set(region, one);
  }
  return { regions, lonely };
}

/**
 * Half-way between what the majority of some values reaches and the highest of them. Against the majority alone it finds 74 instead of
 * 67 of 100 parts with three photos, 62 instead of 56 with two, at half a false call a board (docs/quality.md).
 */
function halfWay(values: readonly number[]): number {
  return (majority(values) + Math.max(...values)) / 2;
}

function region(box: Box, added: number, removed: number): ChangeRegion {
  return { box, added, removed, peak: Math.max(added, removed) };
}

/** Parts of all photos, each once, as the surest detection has it. */
function onePartEach(looks: readonly Look[]): SeenPart[] {
  const all = looks.flatMap(({ parts }) => parts).sort((a, b) => b.score - a.score);
  const kept: SeenPart[] = [];
  for (const part of all) if (!kept.some(({ box }) => boxIoU(box, part.box) > SAME)) kept.push(part);
  return kept;
}

/** The least of the numbers among some values; NaN where there is none. */
function least(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : Math.min(...known);
}
