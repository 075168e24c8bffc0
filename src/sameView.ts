import { type Likeness, measureVisibility, shareIn, type Visibility } from './compare/index.js';
import type { ChangeMap, ChangeModel } from './detect/index.js';
import { type Box, compose, fillMapped, type Homography, scaleBox } from './geometry/index.js';
import type { Reference } from './learn.js';
import { type Raster, shrinkTo } from './photo/index.js';
import {
  alignLocally,
  type DisplacementField,
  photoFrame,
  resizing,
  TRACK_SIDE,
  warpAlong,
  warpGrey,
} from './register/index.js';

/** Displacement that local alignment may leave, in pixels of the size that it works in. */
const LEFT_OVER = 2;
/** Pictures whose longer side is below this are enlarged for the change model: their small parts are a few pixels. */
const SMALL = 1800;
const MOST_ENLARGED = 1.5;
/** Pixels of a picture that the change model is shown at most: about two seconds on two cores. */
const MOST_PIXELS = 12.6e6;

/** A photo laid onto the golden photo. All places are in reference-frame pixels. */
export interface SameView {
  /** The photo in the size and place of the golden photo, black where it shows nothing. */
  photo: Raster;
  /** Grey, in the size of the surface frame: non-zero where the photo shows the board. */
  where: Raster;
  /** What local alignment moved, in a frame `scale` times the size of the reference's. */
  field: DisplacementField;
  scale: number;
  /** Displacement that may be left. */
  tolerancePx: number;
  /** Size of the surface frame, in which light and detail are measured: `scale` times the reference frame. */
  surface: { width: number; height: number };
  /** One byte a pixel of the surface frame: 1 on the board, and 1 where it can be judged. */
  board: Uint8Array;
  judged: Uint8Array;
  /** How like the golden photo's its detail is, cell by cell of the surface frame. */
  likeness: Likeness;
  /** Judged share of the board, 0 to 1, and what is not judged. */
  judgedFraction: number;
  notJudged: Visibility['notJudged'];
  /** Correlation of fine detail with the golden photo's, 0 nothing in common to 1 the same. */
  sharedDetail: number;
  /** Share of a box that can be judged, 0 to 1. */
  judgedShare(box: Box): number;
}

/**
 * Lays a registered photo onto the reference, follows what the homography leaves, and says where light and frame let
 * one judge.
 * @param pixels the photo
 * @param homography photo to reference pixels
 */
export async function sameView(
  pixels: Raster,
  homography: Homography,
  reference: Reference,
): Promise<SameView> {
  const { width, height, golden, outline, regions } = reference;
  // Alignment and light are measured in the size that registration tracks in; parts and changes at full resolution.
  const { surface } = reference.registration;
  const toSurface = resizing(golden, surface);
  const scale = surface.width / width;
  const ontoSurface = compose(toSurface, homography);
  const laid = await warpGrey(pixels, ontoSurface, surface.width, surface.height);
  const board = fillMapped(outline, toSurface, surface.width, surface.height);
  for (const { rule, polygon } of regions) {
    if (rule !== 'ignore') continue;
    const there = fillMapped(polygon, toSurface, surface.width, surface.height);
    for (let k = 0; k < board.length; k++) if (there[k]) board[k] = 0;
  }
  const inFrame = fillMapped(photoFrame(pixels), ontoSurface, surface.width, surface.height);
  const both = board.map((value, k) => value & inFrame[k]!);
  const field = await alignLocally(reference.registration.grey, laid, both);
  const photo = await warpAlong(pixels, homography, field, scale, width, height);
  const visibility = measureVisibility(surface, await shrinkTo(photo, TRACK_SIDE), board, inFrame);
  return {
    photo,
    where: { data: visibility.seen, width: surface.width, height: surface.height, channels: 1 },
    field,
    scale,
    tolerancePx: LEFT_OVER / scale,
    surface: { width: surface.width, height: surface.height },
    board,
    judged: visibility.judged,
    likeness: visibility.likeness,
    judgedFraction: visibility.judgedFraction,
    notJudged: visibility.notJudged.map(({ reason, box }) => ({ reason, box: scaleBox(box, 1 / scale) })),
    sharedDetail: visibility.likeness.overall,
    judgedShare: (box) => shareIn(visibility.judged, surface.width, scaleBox(box, scale)),
  };
}

/** Shows the change model both pictures. */
export function whatChanged(view: SameView, reference: Reference, model: ChangeModel): Promise<ChangeMap> {
  const { golden } = reference;
  return whileCovered(view, reference, () =>
    model.compare(golden, view.photo, view.where, lookingScale(golden)),
  );
}

/**
 * Does something while the photo shows the golden photo where there is nothing to compare: table, cables and the black
 * beyond the photo's edge then neither count as changes nor pull at the light of their neighbourhood.
 */
export async function whileCovered<T>(
  { photo, where }: SameView,
  { golden }: Reference,
  work: () => Promise<T>,
): Promise<T> {
  // In the photo itself and taken back: a copy of a large photo is what memory would be short of.
  const covered = cover(photo, golden, where);
  try {
    return await work();
  } finally {
    uncover(photo, covered);
  }
}

/** A stretch of a row of pixels, from its first value to beyond its last. */
interface Stretch {
  from: number;
  values: Uint8Array;
}

/** Lays the golden photo over what a mask leaves out. @returns what was there */
function cover({ data, width, height }: Raster, golden: Raster, where: Raster): Stretch[] {
  const covered: Stretch[] = [];
  for (let y = 0; y < height; y++) {
    const row = where.width * Math.floor(((y + 0.5) * where.height) / height);
    for (let first = 0; first < where.width; ) {
      let end = first;
      while (end < where.width && where.data[row + end] === 0) end++;
      if (end > first) {
        const from = 3 * (y * width + firstOf(first, where.width, width));
        const to = 3 * (y * width + firstOf(end, where.width, width));
        covered.push({ from, values: new Uint8Array(data.subarray(from, to)) });
        data.set(golden.data.subarray(from, to), from);
      }
      first = end + 1;
    }
  }
  return covered;
}

/** Puts back what {@link cover} gave. */
function uncover({ data }: Raster, covered: readonly Stretch[]): void {
  for (const { from, values } of covered) data.set(values, from);
}

/** The first of `to` pixels whose middle lies in a pixel of `from`, or beyond it. */
function firstOf(pixel: number, from: number, to: number): number {
  return Math.ceil((pixel * to) / from - 0.5);
}

/** The size in which the change model looks at a frame, relative to the frame. */
export function lookingScale({ width, height }: { width: number; height: number }): number {
  const enlarged = Math.max(1, Math.min(MOST_ENLARGED, SMALL / Math.max(width, height)));
  return Math.min(enlarged, Math.sqrt(MOST_PIXELS / (width * height)));
}
