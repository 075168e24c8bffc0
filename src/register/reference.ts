import type { Point } from '../geometry/index.js';
import { type Raster, shrinkTo, toGrey } from '../photo/index.js';
import { extractFeatures, FEATURE_KINDS, type FeatureKind, type Features } from './features.js';
import { loadOpenCv } from './opencv.js';

/** Longer side at which features are taken. */
export const FEATURE_SIDE = 1200;
/** Longer side at which corners are tracked: finer than this gains nothing over the photo's own noise. */
export const TRACK_SIDE = 2000;

/** A golden photo made ready for registering others onto it. */
export interface RegistrationReference {
  width: number;
  height: number;
  /** Outline of the board in reference pixels, clockwise. */
  board: readonly Point[];
  /** The golden photo, longer side {@link TRACK_SIDE} at most, and the same in grey. */
  surface: Raster;
  grey: Raster;
  /** Features by kind, present for those already taken. */
  features: Partial<Record<FeatureKind, Features>>;
}

/**
 * Prepares a golden photo for registration. Features are taken when first needed unless `features` brings them.
 * @param golden RGB at full size
 * @param board outline in pixels of the golden photo, clockwise
 * @param features kept from an earlier run
 */
export async function prepareReference(
  golden: Raster,
  board: readonly Point[],
  features: RegistrationReference['features'] = {},
): Promise<RegistrationReference> {
  const surface = await shrinkTo(golden, TRACK_SIDE);
  const { width, height } = golden;
  return { width, height, board, surface, grey: toGrey(surface), features: { ...features } };
}

/** The features of one kind, taken now if they are not there yet. */
export async function referenceFeatures(
  reference: RegistrationReference,
  kind: FeatureKind,
): Promise<Features> {
  const present = reference.features[kind];
  if (present) return present;
  const { cv } = await loadOpenCv();
  const small = await shrinkTo(reference.grey, FEATURE_SIDE);
  const taken = extractFeatures(cv, small, kind, reference.width / small.width);
  reference.features[kind] = taken;
  return taken;
}

/** All features of a golden photo, for keeping beside it. */
export async function takeAllFeatures(reference: RegistrationReference): Promise<Features[]> {
  const all: Features[] = [];
  for (const kind of FEATURE_KINDS) all.push(await referenceFeatures(reference, kind));
  return all;
}
