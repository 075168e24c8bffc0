import type { BoardFinding } from './compare/index.js';
import type { Finding } from './document/index.js';
import {
  type Box,
  boundingBox,
  boxCorners,
  type Homography,
  intersectBoxes,
  invert,
  mapPoint,
  roundBox,
} from './geometry/index.js';
import { type DisplacementField, displacementAt } from './register/index.js';

/** Ways between the reference frame, the photo laid onto it, and the photo itself. */
export interface Placement {
  /** A box of the reference frame → the photo, clipped to it; null where the photo does not reach. */
  inPhoto(box: Box): Box | null;
  /** The same unclipped. */
  box(box: Box): Box;
}

/**
 * Builds the ways from a registration.
 * @param homography photo → reference pixels
 * @param field of local alignment, in surface-frame pixels
 * @param scale surface-frame pixels a reference pixel
 */
export function placeInPhoto(
  homography: Homography,
  field: DisplacementField,
  scale: number,
  photo: { width: number; height: number },
): Placement {
  const back = invert(homography);
  const moved = (x: number, y: number) => {
    const [dx, dy] = displacementAt(field, x * scale, y * scale);
    return [dx / scale, dy / scale] as const;
  };
  const toPhoto = (box: Box): Box => {
    const [dx, dy] = moved(box.x + box.width / 2, box.y + box.height / 2);
    return boundingBox(boxCorners(box).map(([x, y]) => mapPoint(back, [x + dx, y + dy])));
  };
  return {
    box: toPhoto,
    inPhoto: (box) => intersectBoxes(toPhoto(box), { x: 0, y: 0, width: photo.width, height: photo.height }),
  };
}

/** Findings as they stand in the document: numbered, with their place in the photo that shows them best. */
export function numbered(
  findings: readonly BoardFinding[],
  bestOf: (box: Box) => { index: number; place: Placement },
  doubt: (box: Box) => string | null,
): Finding[] {
  return findings.map(({ box, ...finding }, k) => {
    const { index, place } = bestOf(box);
    const inPhoto = place.inPhoto(box);
    const why = doubt(box);
    return {
      id: `F${k + 1}`,
      kind: finding.kind,
      score: finding.score,
      label: finding.label,
      site: finding.site,
      box: inPhoto && roundBox(inPhoto),
      referenceBox: roundBox(box),
      explanation: why === null ? finding.explanation : `${finding.explanation} ${why}`,
      photo: index,
    };
  });
}
