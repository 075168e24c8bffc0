import { adviceFor } from './advice.js';
import type { NotJudgedReason } from './document/index.js';
import { MIN_COVERAGE } from './enoughJudged.js';
import { areaScaleAt, boxArea, type Homography, invert, mapPoint, type Point } from './geometry/index.js';
import type { Reference } from './learn.js';
import { nearestPercent } from './percent.js';
import type { Photo } from './photo/index.js';
import { registerPhoto } from './register/index.js';
import { type SameView, sameView } from './sameView.js';
import { scaleAtMiddle } from './scaleAtMiddle.js';
import { VISIBLE, visibleMap, visibleOverall } from './visiblePart.js';

/** One thing that makes a photo good or bad. */
export interface Check {
  name: 'board' | 'distance' | 'focus' | 'angle' | 'light' | 'frame';
  good: boolean;
  /** What was measured, and what is wanted. */
  measured: string;
  /** What to change; null where nothing is wrong. */
  advice: string | null;
}

/** Whether a photo is good enough, and what to change. */
export interface Advice {
  good: boolean;
  checks: Check[];
  /** Photos that show the board as fine as the golden photo does, side by side, a fifth overlapping. */
  shots: number;
  /** Smallest part that this photo would show, reference pixels and millimetres; null where that is not known. */
  smallestPartPx: number | null;
  smallestPartMm: number | null;
}

/** Reference pixels a photo pixel from which the photo is the coarser of the two by more than can be overlooked. */
const TOO_FAR = 1.2;
/** Longer scale by shorter one, over the board, from which a photo was taken too much from the side. */
const TOO_TILTED = 1.35;
/** Share of the board that light may take away. */
const LIGHT_LOST = 0.03;
/** What neighbouring close-ups must share. */
const OVERLAP = 0.2;

/** Looks at a photo before it is compared: distance, focus, angle, light, and whether all of the board is in it. */
export async function advise({ pixels }: Photo, reference: Reference): Promise<Advice> {
  const registration = await registerPhoto(pixels, reference.registration);
  if (registration.status === 'refused') {
    const advice =
      'Take the same side of the same board, sharp and evenly lit, as large in the frame as fits. ' +
      'If it is that, the reference may be of another board or revision.';
    const board: Check = { name: 'board', good: false, measured: registration.reason, advice };
    return { good: false, checks: [board], shots: 1, smallestPartPx: null, smallestPartMm: null };
  }
  const { homography, inliers } = registration;
  const view = await sameView(pixels, homography, reference);
  const perPhoto = scaleAtMiddle(homography, reference);
  const checks: Check[] = [
    { name: 'board', good: true, measured: `${inliers} points agree with the reference`, advice: null },
    distance(perPhoto),
    focus(view),
    angle(homography, reference.outline),
    light(view, reference),
    inFrame(view, reference),
  ];
  const px = visibleOverall(visibleMap(homography, view));
  const { mmPerPixel } = reference;
  return {
    good: checks.every(({ good }) => good),
    checks,
    shots: perPhoto < TOO_FAR ? 1 : Math.ceil(perPhoto / (1 - OVERLAP)) ** 2,
    smallestPartPx: px,
    smallestPartMm: px === null || mmPerPixel === null ? null : px * mmPerPixel,
  };
}

function distance(perPhoto: number): Check {
  const good = perPhoto < TOO_FAR;
  return {
    name: 'distance',
    good,
    measured: `a pixel of the photo shows as much as ${perPhoto.toFixed(2)} of the golden photo (at most ${TOO_FAR})`,
    advice: good
      ? null
      : `Go ${perPhoto.toFixed(1)} times nearer, or take close-ups that overlap by a fifth.`,
  };
}

function focus({ sharedDetail }: SameView): Check {
  const good = sharedDetail >= VISIBLE.sharp;
  return {
    name: 'focus',
    good,
    measured: `${sharedDetail.toFixed(2)} of the fine detail is shared with the golden photo (at least ${VISIBLE.sharp})`,
    advice: good
      ? null
      : 'Focus on the board, rest the camera on something, and add light so that it need not wait.',
  };
}

/** A photo from straight above shows all of the board in one scale. */
function angle(homography: Homography, outline: readonly Point[]): Check {
  const back = invert(homography);
  const scales = outline.map((point) => Math.sqrt(Math.abs(areaScaleAt(homography, mapPoint(back, point)))));
  const ratio = Math.max(...scales) / Math.min(...scales);
  const good = ratio < TOO_TILTED;
  return {
    name: 'angle',
    good,
    measured: `the near edge is ${ratio.toFixed(2)} times as large as the far one (at most ${TOO_TILTED})`,
    advice: good
      ? null
      : 'Hold the camera straight above the middle of the board, from farther away if need be.',
  };
}

function light(view: SameView, { sites }: Reference): Check {
  const dim = largest(view, ['glare', 'shadow']);
  const good = dim.share < LIGHT_LOST;
  return {
    name: 'light',
    good,
    measured: `light hides ${nearestPercent(dim.share)} of the board (at most ${nearestPercent(LIGHT_LOST)})`,
    advice: good || !dim.place ? null : adviceFor(dim.place.reason, dim.place.box, sites),
  };
}

function inFrame(view: SameView, { sites }: Reference): Check {
  const lost = largest(view);
  const good = view.judgedFraction >= MIN_COVERAGE.surface;
  return {
    name: 'frame',
    good,
    measured: `${nearestPercent(view.judgedFraction)} of the board can be judged (at least ${nearestPercent(MIN_COVERAGE.surface)})`,
    advice: good || !lost.place ? null : adviceFor(lost.place.reason, lost.place.box, sites),
  };
}

/** The largest place lost, for certain reasons or any, and the share of the board that all such places take. */
function largest({ notJudged, board, scale }: SameView, reasons?: readonly NotJudgedReason[]) {
  const places = notJudged.filter(({ reason }) => reasons?.includes(reason) ?? true);
  const area = places.reduce((sum, { box }) => sum + boxArea(box), 0) * scale ** 2;
  const all = board.reduce((sum, value) => sum + (value & 1), 0);
  const [place] = places.sort((a, b) => boxArea(b.box) - boxArea(a.box));
  return { place, share: all === 0 ? 0 : Math.min(1, area / all) };
}
