import { boxCorners, compose, fillMapped, type Homography, invert, mapPoint } from '../geometry/index.js';
import { type Raster, shrinkTo, toGrey } from '../photo/index.js';
import { type Agreement, measureAgreement } from './agreement.js';
import { extractFeatures, FEATURE_KINDS, type FeatureKind } from './features.js';
import { type Fit, fitHomography, joinPairs, matchFeatures, type PointPairs, turnPairs } from './match.js';
import { loadOpenCv, type OpenCv } from './opencv.js';
import { photoFrame } from './photoFrame.js';
import { implausible, overlapFraction } from './plausible.js';
import { FEATURE_SIDE, type RegistrationReference, referenceFeatures, TRACK_SIDE } from './reference.js';
import { fitResidual, type TrackOptions, trackCorners } from './refine.js';
import { resizing, warp } from './warp.js';

/** A photo laid onto the reference frame, or the reason why that cannot be trusted. */
export type Registration =
  | {
      status: 'ok';
      reason: null;
      /** Photo pixels → reference pixels, both at full size. */
      homography: Homography;
      /** Corners that were tracked between the two pictures and agree with the homography. */
      inliers: number;
      /** Root mean square distance of the inliers, in reference pixels. */
      residualPx: number;
      /** Share of textured cells that correlate, 0 to 1. */
      agreement: number;
      /** Share of the board that the photo shows, 0 to 1. */
      overlap: number;
    }
  | {
      status: 'refused';
      reason: string;
      homography: Homography | null;
      inliers: number;
      residualPx: number | null;
    };

/** Fewer agreeing points than this can come about by chance. */
const MIN_INLIERS = 20;
/** Largest residual, as a share of the reference's longer side: 0.2 % is 8 px of 4,000… */
const MAX_RESIDUAL = 0.002;
/** …but no finer than tracking itself, pixels: right registrations of pictures 300 px wide leave up to 0.8. */
const FINEST_RESIDUAL = 1;
/** Smallest share of agreeing cells. Right registrations reach 0.6 and more, wrong ones stay below 0.2. */
const MIN_AGREEMENT = 0.35;
/** From here on a second kind of features is not tried: it costs seconds and gains nothing. */
const GOOD_AGREEMENT = 0.45;
/** Distance within which feature pairs agree, as a share of the reference's longer side; parallax included. */
const FEATURE_TOLERANCE = 0.004;
/** A first fit by few corners takes out what the features left, and all of them then have less far to look… */
const QUICK = [
  { corners: 700, halvings: 3 },
  { corners: 2500, halvings: 1 },
];
/**
 * …but needs so many that agree. Where fewer do, on dull or distorted photos, all corners look far, and each round
 * after the second still brings more of them into agreement.
 */
const ENOUGH_AGREE = 150;
const THOROUGH = [
  { corners: 2500, halvings: 3 },
  { corners: 2500, halvings: 3 },
  { corners: 2500, halvings: 1 },
  { corners: 2500, halvings: 1 },
];
/** A third of the features will do for a first fit that so many pairs agree with; chance brings about a dozen. */
const ENOUGH_PAIRS = 100;
/** Orders in which pairs are drawn from before a fit is given up as implausible. */
const DRAWS = 6;
/** Further than this share of the frame's longer side no correction may move a corner of it to be called small. */
const SMALL_CORRECTION = 0.0005;

/** One way of registering, with all that it is judged by. */
interface Candidate {
  homography: Homography;
  inliers: number;
  residualPx: number;
  agreement: Agreement;
}

/**
 * Registers a photo onto a reference: features (ORB, then AKAZE where that does not do) → MAGSAC++ → tracked
 * corners → MAGSAC++, then an independent check that both pictures show the same things.
 * @param photo RGB or grey at full size
 */
export async function registerPhoto(photo: Raster, reference: RegistrationReference): Promise<Registration> {
  const { cv } = await loadOpenCv();
  const grey = toGrey(await shrinkTo(photo, TRACK_SIDE));
  const small = await shrinkTo(grey, FEATURE_SIDE);
  if (isBlank(small)) return refused('the photo is blank: it shows no detail at all');

  let best: Candidate | null = null;
  let complaint: string | null = null;
  for (const kind of FEATURE_KINDS) {
    const first = await fitFeatures(cv, small, photo, reference, kind);
    if (!first) continue;
    const problem = implausible(first, photo, reference.board);
    if (problem) {
      complaint ??= problem;
      continue;
    }
    const candidate = await refineAndCheck(cv, first, photo, grey, reference);
    if (candidate && (!best || candidate.agreement.fraction > best.agreement.fraction)) best = candidate;
    if (best && weakness(best, photo, reference) === null && best.agreement.fraction > GOOD_AGREEMENT) break;
  }
  if (!best) return refused(complaint ? `${complaint}` : noCommonGround());
  const problem = weakness(best, photo, reference);
  if (problem) return { ...refused(problem), ...numbers(best) };
  return {
    status: 'ok',
    reason: null,
    ...numbers(best),
    agreement: best.agreement.fraction,
    overlap: overlapFraction(best.homography, photo, reference.board),
  };
}

function refused(reason: string): Extract<Registration, { status: 'refused' }> {
  return { status: 'refused', reason, homography: null, inliers: 0, residualPx: null };
}

function numbers({ homography, inliers, residualPx }: Candidate) {
  return { homography, inliers, residualPx };
}

function noCommonGround(): string {
  return 'nothing in the photo could be matched with the reference: another board, the other side, or too blurred';
}

/** Standard deviation of grey below which nothing can be told apart. */
function isBlank({ data }: Raster): boolean {
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < data.length; k++) {
    const value = data[k]!;
    sum += value;
    squares += value * value;
  }
  const mean = sum / data.length;
  return squares / data.length - mean * mean < 4;
}

async function fitFeatures(
  cv: OpenCv,
  small: Raster,
  photo: Raster,
  reference: RegistrationReference,
  kind: FeatureKind,
): Promise<Homography | null> {
  const known = await referenceFeatures(reference, kind);
  const found = extractFeatures(cv, small, kind, photo.width / small.width);
  const tolerance = FEATURE_TOLERANCE * Math.max(reference.width, reference.height);
  const fitTo = (pairs: PointPairs) => plausibleFit(cv, pairs, tolerance, photo, reference);
  // Matching takes longest: a third of the features first, and the others only if that leaves doubt.
  const third = matchFeatures(found, known, 0, 3);
  const quick = fitTo(third);
  if (quick && quick.inliers >= ENOUGH_PAIRS) return quick.homography;
  const rest = [matchFeatures(found, known, 1, 3), matchFeatures(found, known, 2, 3)];
  return fitTo(joinPairs([third, ...rest]))?.homography ?? null;
}

/**
 * Few pairs leave several homographies about as likely, and the draw may hit one that no camera makes: then the pairs
 * are drawn from again in another order, which costs milliseconds.
 * @returns the first plausible fit, else the first one, null where there is none
 */
function plausibleFit(
  cv: OpenCv,
  pairs: PointPairs,
  tolerance: number,
  photo: Raster,
  reference: RegistrationReference,
): Fit | null {
  let first: Fit | null = null;
  for (let draw = 0; draw < DRAWS; draw++) {
    const fit = fitHomography(cv, turnPairs(pairs, draw / DRAWS), tolerance);
    if (!fit || fit.inliers < 8) continue;
    if (!implausible(fit.homography, photo, reference.board)) return fit;
    first ??= fit;
  }
  return first;
}

/** Refines by tracked corners in the working frame and measures agreement there. */
async function refineAndCheck(
  cv: OpenCv,
  first: Homography,
  photo: Raster,
  grey: Raster,
  reference: RegistrationReference,
): Promise<Candidate | null> {
  const frame = reference.grey;
  const toFrame = resizing(reference, frame);
  const fromGrey = resizing(grey, photo);
  const scale = reference.width / frame.width;
  // The mapping from the grey copy of the photo into the working frame.
  const start = compose(toFrame, compose(first, fromGrey));
  let refined = await refineBy(cv, QUICK, ENOUGH_AGREE, start, grey, reference);
  if (refined.inliers < ENOUGH_AGREE) refined = await refineBy(cv, THOROUGH, 8, start, grey, reference);
  const { mapping, inliers } = refined;
  const homography = compose(invert(toFrame), compose(mapping, invert(fromGrey)));
  if (implausible(homography, photo, reference.board)) return null;
  const laid = refined.laid ?? (await warp(grey, mapping, frame.width, frame.height));
  const agreement = measureAgreement(cv, frame, laid, boardInView(mapping, grey, reference));
  return { homography, inliers, residualPx: refined.residualPx * scale, agreement };
}

/** A mapping of the photo's grey copy into the working frame, refined. */
interface Refined {
  mapping: Homography;
  inliers: number;
  /** In pixels of the working frame. */
  residualPx: number;
  /** The photo laid into the frame, as good as by this mapping; null where it must be laid again. */
  laid: Raster | null;
}

/** Tracks corners, fits a correction, and again, until the rounds are through or one has fewer than `least` inliers. */
async function refineBy(
  cv: OpenCv,
  rounds: readonly TrackOptions[],
  least: number,
  start: Homography,
  grey: Raster,
  reference: RegistrationReference,
): Promise<Refined> {
  const frame = reference.grey;
  let refined: Refined = { mapping: start, inliers: 0, residualPx: 0, laid: null };
  for (const round of rounds) {
    const laid = await warp(grey, refined.mapping, frame.width, frame.height);
    const view = boardInView(refined.mapping, grey, reference);
    const fit = fitResidual(cv, trackCorners(cv, frame, laid, view, round));
    if (!fit || fit.inliers < least) break;
    const { homography, inliers, residualPx } = fit;
    const small = SMALL_CORRECTION * Math.max(frame.width, frame.height);
    refined = {
      mapping: compose(homography, refined.mapping),
      inliers,
      residualPx,
      laid: movesMost(homography, frame) <= small ? laid : null,
    };
  }
  return refined;
}

/** The distance by which a mapping moves the corner of a frame that it moves farthest. */
function movesMost(mapping: Homography, { width, height }: Raster): number {
  const corners = boxCorners({ x: 0, y: 0, width: width - 1, height: height - 1 });
  return Math.max(
    ...corners.map((corner) => {
      const [x, y] = mapPoint(mapping, corner);
      return Math.hypot(x - corner[0], y - corner[1]);
    }),
  );
}

/** Mask of the working frame: 1 where it is board and the photo shows it. */
function boardInView(mapping: Homography, grey: Raster, reference: RegistrationReference): Uint8Array {
  const { width, height } = reference.grey;
  const toFrame = resizing(reference, reference.grey);
  const board = fillMapped(reference.board, toFrame, width, height);
  const seen = fillMapped(photoFrame(grey), mapping, width, height);
  for (let k = 0; k < board.length; k++) board[k]! &= seen[k]!;
  return board;
}

/** Why a candidate is not to be trusted, with the number and its limit, or null. */
function weakness(candidate: Candidate, photo: Raster, reference: RegistrationReference): string | null {
  const { inliers, residualPx, agreement, homography } = candidate;
  const problem = implausible(homography, photo, reference.board);
  if (problem) return problem;
  const limit = Math.max(FINEST_RESIDUAL, MAX_RESIDUAL * Math.max(reference.width, reference.height));
  if (inliers < MIN_INLIERS) {
    return `only ${inliers} points agree on where the board lies, expected at least ${MIN_INLIERS}: another board, or too blurred`;
  }
  if (residualPx > limit) {
    return `the photo fits the reference only within ${residualPx.toFixed(1)} px, limit ${limit.toFixed(1)} px`;
  }
  if (agreement.fraction < MIN_AGREEMENT) {
    return `only ${Math.round(100 * agreement.fraction)} % of the board looks as in the reference, expected at least ${Math.round(100 * MIN_AGREEMENT)} %: another board or revision, or too blurred`;
  }
  return null;
}
