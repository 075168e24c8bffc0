import {
  areaScaleAt,
  boxCorners,
  clipPolygon,
  type Homography,
  invert,
  isConvex,
  mapPoint,
  type Point,
  signedArea,
} from '../geometry/index.js';

/** Smallest and largest size of the photo's board relative to the reference's. */
const SCALE_LIMITS = [0.3, 3] as const;
/** Largest ratio of the local scales at two corners of the board: about 60° of tilt close up. */
const MAX_PERSPECTIVE = 3;
/** Smallest share of the board that the photo must show. */
const MIN_OVERLAP = 0.25;

/** A picture's size in pixels. */
interface Size {
  width: number;
  height: number;
}

/**
 * Why a homography cannot be how a camera sees a flat board, or null if it can be.
 * @param homography photo → reference pixels
 * @param board outline of the board in the reference frame, clockwise
 */
export function implausible(homography: Homography, photo: Size, board: readonly Point[]): string | null {
  if (!homography.every(Number.isFinite)) return 'the mapping found has no finite numbers';
  let back: Homography;
  try {
    back = invert(homography);
  } catch {
    return 'the mapping found cannot be inverted';
  }
  const scales = board.map((corner) => areaScaleAt(back, corner));
  if (scales.every((scale) => scale < 0)) {
    return 'the photo shows the board mirrored, as no camera does (the other side, or a flipped picture?)';
  }
  if (scales.some((scale) => !(scale > 0))) return 'the mapping found folds the board over';
  const sizes = scales.map(Math.sqrt);
  const smallest = Math.min(...sizes);
  const largest = Math.max(...sizes);
  if (largest / smallest > MAX_PERSPECTIVE) {
    return `the view is too oblique: one end of the board ${(largest / smallest).toFixed(1)}× as large as the other, limit ${MAX_PERSPECTIVE}×`;
  }
  const mean = Math.sqrt(smallest * largest);
  if (mean < SCALE_LIMITS[0] || mean > SCALE_LIMITS[1]) {
    return `the board is ${mean.toFixed(2)}× as large as in the reference, expected ${SCALE_LIMITS[0]}× to ${SCALE_LIMITS[1]}×`;
  }
  const outline = board.map((corner) => mapPoint(back, corner));
  if (!isConvex(outline)) return 'the mapping found folds the board over';
  const overlap = overlapFraction(homography, photo, board);
  if (overlap < MIN_OVERLAP) {
    return `the photo shows ${Math.round(100 * overlap)} % of the board, expected at least ${100 * MIN_OVERLAP} %`;
  }
  return null;
}

/** Share of the board's area (reference frame) that lies inside the photo, 0 to 1. */
export function overlapFraction(homography: Homography, photo: Size, board: readonly Point[]): number {
  const frame = boxCorners({ x: 0, y: 0, width: photo.width, height: photo.height });
  const back = invert(homography);
  const inPhoto = clipPolygon(
    board.map((corner) => mapPoint(back, corner)),
    frame,
  );
  const visible = inPhoto.map((point) => mapPoint(homography, point));
  return Math.min(1, Math.abs(signedArea(visible)) / Math.abs(signedArea(board)));
}
