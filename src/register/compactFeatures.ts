import { fillMapped, mapPoint, type Point } from '../geometry/index.js';
import { type Raster, shrinkTo, toGrey } from '../photo/index.js';
import { extractFeatures, type Features } from './features.js';
import { loadOpenCv } from './opencv.js';
import { photoFrame } from './photoFrame.js';
import { resizing } from './warp.js';

/**
 * A few strong features of a picture at a coarse size: enough to say which of many boards it shows, too few to lay it
 * onto one.
 */
export interface CompactFeatures {
  /** ORB, with points in pixels of the coarse copy. */
  features: Features;
  /** Size of the coarse copy. */
  width: number;
  height: number;
  /** Outline of the board in pixels of the coarse copy, clockwise. */
  board: Point[];
}

/** Longer side of the coarse copy and most features, for the two sides of a comparison. */
const OF = {
  /** Hundreds are kept at once: few features each, and so coarse that blur and noise matter little. */
  reference: { side: 480, most: 400 },
  /** A photo also shows a table and often a smaller board: finer, and more of them. */
  photo: { side: 720, most: 1500 },
} as const;

/** Longer side that a picture needs at least, so that nothing is lost for compact features. */
export const COMPACT_SIDE = OF.photo.side;

/**
 * Takes the strongest features of a picture.
 * @param picture RGB or grey
 * @param board outline in pixels of the picture, beyond which nothing is taken; default: the whole picture
 */
export async function takeCompactFeatures(
  picture: Raster,
  of: keyof typeof OF,
  board: readonly Point[] = photoFrame(picture),
): Promise<CompactFeatures> {
  const { cv } = await loadOpenCv();
  const { side, most } = OF[of];
  const small = toGrey(await shrinkTo(picture, side));
  const { width, height } = small;
  const toSmall = resizing(picture, small);
  const within = fillMapped(board, toSmall, width, height).map((inside) => 255 * inside);
  return {
    features: extractFeatures(cv, small, 'orb', 1, { most, within }),
    width,
    height,
    board: board.map((corner) => mapPoint(toSmall, corner)),
  };
}
