import { boardEdge } from './boardEdge.js';
import { type ChangeRegion, findRegions, findShelves, levelOfPhoto, type SeenPart } from './compare/index.js';
import type { ChangeMap, Models } from './detect/index.js';
import type { Homography } from './geometry/index.js';
import { type Reference, seeParts } from './learn.js';
import { lookAgain } from './lookAgain.js';
import { measureQuality, type Photo, type PhotoQuality } from './photo/index.js';
import { type Placement, placeInPhoto } from './placeInPhoto.js';
import { type Registration, registerPhoto } from './register/index.js';
import { type SameView, sameView, whatChanged } from './sameView.js';
import type { Stopwatch } from './stopwatch.js';
import { visibleMap } from './visiblePart.js';

/** Logits about the level of chance within which a difference may be the board's own edge. */
const DOUBTFUL = 1.7;

/** A photo that was handed in, whether or not it could be laid onto the reference. */
export interface Shot {
  photo: Photo;
  quality: PhotoQuality;
  registration: Registration;
  look: Look | null;
}

/** What one photo shows, laid onto the reference. Places are in reference-frame pixels. */
export interface Look {
  /** Which of the photos it is, from 0. */
  index: number;
  view: SameView;
  /** Parts seen, down to the detector's weak threshold. */
  parts: SeenPart[];
  changes: ChangeMap;
  /** Where it differs from the golden photo, strongest first. */
  regions: ChangeRegion[];
  /** Summit, in logits, of which this photo has one by chance. */
  level: number;
  /** Smallest part that it would show, reference pixels, cell by cell of the view; NaN where it is not judged. */
  visible: Float32Array;
  /** Ways into the photo. */
  place: Placement;
}

/**
 * Registers a photo and looks at what it shows: first how well, then which parts, then what changed.
 * @param known how the photo lies on the reference; default: found here
 */
export async function lookAt(
  photo: Photo,
  index: number,
  reference: Reference,
  models: Models,
  time: Stopwatch,
  known?: Registration,
): Promise<Shot> {
  const { pixels } = photo;
  const quality = measureQuality(pixels);
  time.lap('quality');

  const registration = known ?? (await registerPhoto(pixels, reference.registration));
  time.lap('register');
  if (registration.status === 'refused') return { photo, quality, registration, look: null };

  const homography: Homography = registration.homography;
  const view = await sameView(pixels, homography, reference);
  time.lap('align');

  // From here on everything lies in the reference frame: photo and golden photo differ only in what they show.
  const parts = await seeParts(view.photo, reference.outline, models.detector);
  time.lap('detect');

  const changes = await whatChanged(view, reference, models.change);
  const summits = findRegions(changes);
  const level = levelOfPhoto(summits, models.change.contract.decision);
  const all = [...summits, ...findShelves(changes, summits, level)].sort((a, b) => b.peak - a.peak);
  // A strong difference is told even there: nothing that was added may hide at the edge.
  const isEdge = boardEdge(reference.outline, reference.golden, view.photo);
  const asks = ({ peak }: ChangeRegion) => peak > level - DOUBTFUL && peak < level + DOUBTFUL;
  const kept = reference.outlineFound ? all.filter((region) => !asks(region) || !isEdge(region)) : all;
  const regions = await lookAgain(kept, level, view, reference, models.change);
  time.lap('change');

  const place = placeInPhoto(homography, view.field, view.scale, pixels);
  const visible = visibleMap(homography, view);
  return {
    photo,
    quality,
    registration,
    look: { index, view, parts, changes, regions, level, visible, place },
  };
}
