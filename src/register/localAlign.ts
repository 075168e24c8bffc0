import { identity } from '../geometry/index.js';
import { type Raster, toGrey } from '../photo/index.js';
import { correlationAt } from './correlationAt.js';
import { type DisplacementField, displacementAt } from './displacementField.js';
import { smoothField, type Track } from './fieldFit.js';
import { loadOpenCv } from './opencv.js';
import { trackCorners } from './refine.js';
import { warpAlong } from './warpAlong.js';

/** Spacing of the displacement field in pixels of the frame. */
const SPACING = 16;
/**
 * Tall parts lie up to some 40 px off, which a third of the corners tell as well as all: on the sample photos the detail that
 * both then share is the same or a little more. Once that is made up for, corners are found better, and more of them.
 */
const PASSES = [
  { corners: 2000, halvings: 3 },
  { corners: 6000, halvings: 1 },
];
/** Larger displacements than this share of the frame are tracks gone astray. */
const MAX_SHIFT = 0.02;
/** Tracks shorter than this many pixels need not be compared with staying in place: it is about the same. */
const SHORT = 3;
/** Likeness that a corner must have with what it was tracked to… */
const ALIKE = 0.5;
/** …and by how much it must exceed that with what lies in its own place: pins and letters in a row look alike. */
const BETTER = 0.15;

/**
 * Finds the last few pixels between a registered photo and the reference: tall parts shift against the board between two
 * viewpoints, and lenses bend. Most corners of a place must agree on where it went, so a part that was added or removed,
 * with few corners among many, cannot pull the field along.
 * @param reference RGB or grey, frame size
 * @param photo RGB, warped into the frame
 * @param mask one byte a pixel, non-zero where both show the board
 */
export async function alignLocally(
  reference: Raster,
  photo: Raster,
  mask: Uint8Array,
): Promise<DisplacementField> {
  const { cv } = await loadOpenCv();
  const golden = toGrey(reference);
  const grey = toGrey(photo);
  const limit = MAX_SHIFT * Math.max(golden.width, golden.height);
  let field = smoothField(golden, [], SPACING);
  let laid = grey;
  for (const [pass, options] of PASSES.entries()) {
    if (pass > 0) laid = await warpAlong(grey, identity, field, 1, golden.width, golden.height);
    const { from, to } = trackCorners(cv, golden, laid, mask, options);
    const tracks: Track[] = [];
    for (let k = 0; k < to.length; k += 2) {
      const step = { x: to[k]!, y: to[k + 1]!, dx: from[k]! - to[k]!, dy: from[k + 1]! - to[k + 1]! };
      if (!believable(step, golden, laid)) continue;
      const [dx, dy] = displacementAt(field, from[k]!, from[k + 1]!);
      const track = { ...step, dx: step.dx + dx, dy: step.dy + dy };
      if (Math.hypot(track.dx, track.dy) <= limit) tracks.push(track);
    }
    field = smoothField(golden, tracks, SPACING);
  }
  return field;
}

/** Whether the photo shows a corner where it was tracked to, and does not show it as well where it was. */
function believable({ x, y, dx, dy }: Track, reference: Raster, photo: Raster): boolean {
  const there = correlationAt(reference, x, y, photo, x + dx, y + dy);
  if (there < ALIKE) return false;
  return Math.hypot(dx, dy) < SHORT || there > correlationAt(reference, x, y, photo, x, y) + BETTER;
}
