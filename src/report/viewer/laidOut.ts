import type { Finding, Inspection } from '../../document/index.js';
import {
  areaScaleAt,
  type Box,
  boxCenter,
  compose,
  type Homography,
  identity,
  invert,
  mapBox,
  mapPoint,
  translation,
} from '../../geometry/index.js';

/** The frame that a report lies in, and the way from it to the photo. */
export interface LaidOut {
  width: number;
  height: number;
  /** The reference frame, or that of the photo itself where the document has no usable mapping. */
  of: 'reference' | 'photo';
  /** Frame → photo pixels, edges of pixels on whole coordinates. */
  toPhoto: Homography;
  /** Photo pixels a pixel of the frame, along a side. */
  density: number;
  /** Photo → frame, for boxes of the document. */
  toFrame: Homography;
  /** Where a finding lies in the frame. */
  placeOf(finding: Finding): Box | null;
  /** `toPhoto`, moved by what local alignment added to it at a finding. */
  toPhotoAt(finding: Finding): Homography;
}

/** Lays a document out: in the reference frame where the photo could be registered. */
export function layOut({ registration, photo, reference }: Inspection): LaidOut {
  const mapping = registration.homography as unknown as Homography | null;
  const back = registration.status === 'ok' && mapping ? inverse(mapping) : null;
  if (!back || !mapping) {
    return {
      ...{ width: photo.width, height: photo.height, of: 'photo', density: 1 },
      ...{ toPhoto: identity, toFrame: identity },
      placeOf: ({ box }) => box,
      toPhotoAt: () => identity,
    };
  }
  // Registration has the centres of pixels on whole coordinates, pictures here their edges.
  const toPhoto = compose(translation(0.5, 0.5), compose(back, translation(-0.5, -0.5)));
  const area = Math.abs(areaScaleAt(toPhoto, [reference.width / 2, reference.height / 2]));
  return {
    ...{ width: reference.width, height: reference.height, of: 'reference' },
    ...{ toPhoto, toFrame: mapping, density: Number.isFinite(area) ? Math.sqrt(area) : 1 },
    placeOf: ({ box, referenceBox }) => referenceBox ?? (box && mapBox(mapping, box)),
    toPhotoAt: (finding) => throughBoxes(toPhoto, back, finding, photo),
  };
}

/**
 * The registration's mapping, moved by what local alignment added to it: the two boxes of a finding are the same place,
 * also where a tall part lies a few pixels beside its mapped place. A box cut at the photo's edge tells nothing.
 */
function throughBoxes(
  toPhoto: Homography,
  back: Homography,
  { box, referenceBox }: Finding,
  photo: { width: number; height: number },
): Homography {
  if (!box || !referenceBox) return toPhoto;
  const cut =
    box.x <= 0 || box.y <= 0 || box.x + box.width >= photo.width || box.y + box.height >= photo.height;
  if (cut) return toPhoto;
  const [x, y] = mapPoint(back, boxCenter(referenceBox));
  const [toX, toY] = boxCenter(box);
  return Number.isFinite(x + y) ? compose(translation(toX - x, toY - y), toPhoto) : toPhoto;
}

/** The mapping back, or null where the document holds one that has none. */
function inverse(homography: Homography): Homography | null {
  try {
    return invert(homography);
  } catch {
    return null;
  }
}
