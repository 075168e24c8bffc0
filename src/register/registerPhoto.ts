import { boxCorners, compose, fillPolygon, type Homography, invert, mapPoint } from '../geometry/index.js';
import { type Raster, shrinkTo, toGrey } from '../photo/index.js';
import { type Agreement, measureAgreement } from './agreement.js';
import { extractFeatures, FEATURE_KINDS, type FeatureKind } from './features.js';
import { fitHomography, matchFeatures } from './match.js';
import { loadOpenCv, type OpenCv } from './opencv.js';
import { implausible, overlapFraction } from './plausible.js';
import { FEATURE_SIDE, type RegistrationReference, referenceFeatures, TRACK_SIDE } from './reference.js';
import { fitResidual, trackCorners } from './refine.js';
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
/** Largest residual, as a share of the reference's longer side: 0.2 % is 8 px of 4,000. */
const MAX_RESIDUAL = 0.002;
/** Smallest share of agreeing cells. Right registrations reach 0.6 and more, wrong ones stay below 0.2. */
const MIN_AGREEMENT = 0.35;
/** From here on a second kind of features is not tried: it costs seconds and gains nothing. */
const GOOD_AGREEMENT = 0.45;
/** Distance within which feature pairs agree, as a share of the reference's longer side; parallax included. */
const FEATURE_TOLERANCE = 0.004;
const REFINEMENTS = 2;

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
  for (const value of data) {
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
  const fit = fitHomography(cv, matchFeatures(cv, found, known), tolerance);
  return fit && fit.inliers >= 8 ? fit.homography : null;
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
  let mapping = compose(toFrame, compose(first, fromGrey));
  let inliers = 0;
  let residual = 0;
  for (let round = 0; round < REFINEMENTS; round++) {
    const laid = await warp(grey, mapping, frame.width, frame.height);
    const fit = fitResidual(cv, trackCorners(cv, frame, laid, boardInView(mapping, grey, reference)));
    if (!fit || fit.inliers < 8) break;
    mapping = compose(fit.homography, mapping);
    inliers = fit.inliers;
    residual = fit.residualPx;
  }
  const homography = compose(invert(toFrame), compose(mapping, invert(fromGrey)));
  if (implausible(homography, photo, reference.board)) return null;
  const laid = await warp(grey, mapping, frame.width, frame.height);
  const agreement = measureAgreement(cv, frame, laid, boardInView(mapping, grey, reference));
  return { homography, inliers, residualPx: residual * scale, agreement };
}

/** Mask of the working frame: 1 where it is board and the photo shows it. */
function boardInView(mapping: Homography, grey: Raster, reference: RegistrationReference): Uint8Array {
  const { width, height } = reference.grey;
  const toFrame = resizing(reference, reference.grey);
  const board = fillPolygon(
    reference.board.map((corner) => mapPoint(toFrame, corner)),
    width,
    height,
  );
  const photoFrame = boxCorners({ x: 1, y: 1, width: grey.width - 3, height: grey.height - 3 });
  const seen = fillPolygon(
    photoFrame.map((corner) => mapPoint(mapping, corner)),
    width,
    height,
  );
  for (let k = 0; k < board.length; k++) board[k]! &= seen[k]!;
  return board;
}

/** Why a candidate is not to be trusted, with the number and its limit, or null. */
function weakness(candidate: Candidate, photo: Raster, reference: RegistrationReference): string | null {
  const { inliers, residualPx, agreement, homography } = candidate;
  const problem = implausible(homography, photo, reference.board);
  if (problem) return problem;
  const limit = MAX_RESIDUAL * Math.max(reference.width, reference.height);
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
