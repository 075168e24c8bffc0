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
  /** One byte a pixel of the frame: non-zero where the photo shows the board. */
  where: Uint8Array;
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
    where: enlargeMask(visibility.seen, surface, golden),
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

/**
 * Shows the change model both pictures. Where there is nothing to compare, both show the golden photo: table, cables
 * and the black beyond the photo's edge then neither count as changes nor pull at the light of their neighbourhood.
 */
export async function whatChanged(
  { photo, where }: SameView,
  { golden }: Reference,
  model: ChangeModel,
): Promise<ChangeMap> {
  // In the photo itself and taken back: a copy of a large photo is what memory would be short of.
  const covered = cover(photo, golden, where);
  try {
    return await model.compare(golden, photo, where, lookingScale(golden));
  } finally {
    uncover(photo, covered, where);
  }
}

/** Lays the golden photo over what a mask leaves out. @returns the pixels that were there */
function cover({ data }: Raster, { data: golden }: Raster, where: Uint8Array): Uint8Array {
  let out = 0;
  for (let k = 0; k < where.length; k++) if (where[k] === 0) out++;
  const covered = new Uint8Array(3 * out);
  for (let k = 0, at = 0; k < where.length; k++) {
    if (where[k] !== 0) continue;
    for (let c = 3 * k; c < 3 * k + 3; c++) {
      covered[at++] = data[c]!;
      data[c] = golden[c]!;
    }
  }
  return covered;
}

/** Puts back what {@link cover} gave. */
function uncover({ data }: Raster, covered: Uint8Array, where: Uint8Array): void {
  for (let k = 0, at = 0; k < where.length; k++) {
    if (where[k] !== 0) continue;
    for (let c = 3 * k; c < 3 * k + 3; c++) data[c] = covered[at++]!;
  }
}

/** The size in which the change model looks at a frame, relative to the frame. */
export function lookingScale({ width, height }: { width: number; height: number }): number {
  const enlarged = Math.max(1, Math.min(MOST_ENLARGED, SMALL / Math.max(width, height)));
  return Math.min(enlarged, Math.sqrt(MOST_PIXELS / (width * height)));
}

/** A mask in the size of another picture, by the nearest pixel. */
function enlargeMask(mask: Uint8Array, from: Raster, to: Raster): Uint8Array {
  const large = new Uint8Array(to.width * to.height);
  const columns = Int32Array.from({ length: to.width }, (_, x) =>
    Math.floor(((x + 0.5) * from.width) / to.width),
  );
  for (let y = 0, last = -1; y < to.height; y++) {
    const row = Math.floor(((y + 0.5) * from.height) / to.height) * from.width;
    const start = y * to.width;
    // Several rows of the large mask show the same row of the small one.
    if (row === last) large.copyWithin(start, start - to.width, start);
    else for (let x = 0; x < to.width; x++) large[start + x] = mask[row + columns[x]!]!;
    last = row;
  }
  return large;
}
