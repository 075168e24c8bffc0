import { CELL } from './compare/index.js';
import { areaScaleAt, type Homography, invert, mapPoint } from './geometry/index.js';
import { lookingScale, type SameView } from './sameView.js';

/** What the estimate rests on. */
export interface VisibleConstants {
  /** Smallest part that shows in sharp pictures, pixels of the coarser picture. */
  smallestPx: number;
  /** Shared detail (see compare/detail.ts) from which a photo counts as sharp, and at which nothing is left of small parts. */
  sharp: number;
  hopeless: number;
}

/**
 * Fitted with bench/visible.mjs (--plants 16 --blurs 0,1,2 --shots) to 404 parts of 8 to 48 px planted into sample photos,
 * as they are and blurred, and into real repeated shots among the training photos (27 runs, shared detail 0.41 to 0.86),
 * with boardiff-change 0.8.0 at its default. Of the parts from the estimate on 246 of 260 were found, of smaller ones 74 of 144.
 */
export const VISIBLE: VisibleConstants = { smallestPx: 13, sharp: 0.56, hopeless: 0.3 };

/** Share of the judged board for which the overall figure must hold. */
const HOLDS_FOR = 0.95;

/**
 * An estimate of the smallest part, longer side in reference pixels, that this photo and this reference would show, cell
 * by cell of the view: the coarser of the two decides, and detail that they do not share enlarges it. NaN where nothing
 * is judged. `boardiff selftest` measures it.
 * @param homography photo to reference pixels
 */
export function visibleMap(
  homography: Homography,
  { likeness, judged, surface, scale }: SameView,
): Float32Array {
  const back = invert(homography);
  const { columns, rows, wide, overall } = likeness;
  // Of a frame that the change model is shown smaller, small parts are lost however fine the photo is.
  const perLook = 1 / lookingScale({ width: surface.width / scale, height: surface.height / scale });
  return Float32Array.from({ length: columns * rows }, (_, k) => {
    const x = Math.min(surface.width - 1, ((k % columns) + 0.5) * CELL);
    const y = Math.min(surface.height - 1, (Math.floor(k / columns) + 0.5) * CELL);
    if (judged[Math.floor(y) * surface.width + Math.floor(x)] === 0) return Number.NaN;
    const inPhoto = mapPoint(back, [x / scale, y / scale]);
    const perPhoto = Math.sqrt(Math.abs(areaScaleAt(homography, inPhoto)));
    return estimateVisible(Math.max(perPhoto, perLook), Number.isNaN(wide[k]!) ? overall : wide[k]!, VISIBLE);
  });
}

/** The part that would show in 95 % of the judged places, reference pixels; null where nothing is judged. */
export function visibleOverall(visible: Float32Array): number | null {
  const known = visible.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return null;
  return Math.round(known[Math.ceil(HOLDS_FOR * known.length) - 1]!);
}

/**
 * The estimate itself.
 * @param referencePerPhoto reference pixels a photo pixel, along one side
 * @param sharedDetail correlation of fine detail, 0 to 1
 */
export function estimateVisible(
  referencePerPhoto: number,
  sharedDetail: number,
  { smallestPx, sharp, hopeless }: VisibleConstants,
): number {
  const detail = Math.min(1, Math.max(0.1, (sharedDetail - hopeless) / (sharp - hopeless)));
  return (smallestPx * Math.max(1, referencePerPhoto)) / detail;
}
