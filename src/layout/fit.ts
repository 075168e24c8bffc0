import { UserError } from '../errors.js';
import { areaScaleAt, type Homography, mapPoint, type Point } from '../geometry/index.js';
import { leastSquares } from './leastSquares.js';

/** How a layout lies on a golden photo. */
export interface LayoutFit {
  /** Layout (millimetres, x right, y down, seen through the top side) → pixels of the golden photo; mirrors a bottom. */
  homography: Homography;
  /** Millimetres a pixel in the middle of what was fitted. */
  mmPerPixel: number;
  /** Median distance between where the fit puts something and where it is. */
  residualPx: number;
  residualMm: number;
  /** Share of the fitted sites in view that a part was found at, 0 to 1; null for a fit to typed points. */
  inlierShare: number | null;
  /** Pairs that the fit rests on. */
  pairs: number;
  /** Whether the layout is mirrored: its bottom side is seen. */
  mirrored: boolean;
}

/** A place of the layout and where it is in the photo. */
export interface PointPair {
  /** In layout units, y down. */
  layout: Point;
  /** In photo pixels. */
  photo: Point;
}

/** Pairs further off than this share of the board's size were mistyped. */
const WORST_SHARE = 0.05;

/**
 * Lays a layout onto a photo by points that are known in both: three give an affine mapping, four and more a homography
 * by least squares.
 * @param mirrored whether the bottom side is seen; null where not known
 * @throws UserError when points are too few, on one line, mirrored, or do not fit together
 */
export function fitPoints(pairs: readonly PointPair[], mirrored: boolean | null): LayoutFit {
  if (pairs.length < 3) {
    throw new UserError(
      `--point: expected at least 3 points, got ${pairs.length}`,
      'Name three parts far apart and not on one line, as NAME=PX,PY.',
    );
  }
  const from = pairs.map(({ layout }) => layout);
  const to = pairs.map(({ photo }) => photo);
  const homography = leastSquares(pairs.length === 3 ? 'affine' : 'homography', from, to);
  const scale = homography && areaScaleAt(homography, middleOf(from));
  if (!homography || !scale || !Number.isFinite(scale)) {
    throw new UserError(
      '--point: expected points that determine a mapping, got points on one line or in one place',
      'Take points near different corners of the board.',
    );
  }
  if (mirrored !== null && scale < 0 !== mirrored) {
    throw new UserError(
      `--point: expected the ${mirrored ? 'bottom' : 'top'} side, got points that are the other way round`,
      `Check the points, or name --side ${mirrored ? 'top' : 'bottom'}.`,
    );
  }
  const fit = describeFit(homography, from, to, null);
  const worst = Math.max(...distances(homography, from, to));
  const size = Math.max(...to.map(([x, y]) => Math.hypot(x - to[0]![0], y - to[0]![1])));
  if (worst > WORST_SHARE * size) {
    throw new UserError(
      `--point: expected points that fit together, got one that is ${worst.toFixed(0)} px off`,
      'Check the typed numbers; x comes before y, and pixels count from the top left.',
    );
  }
  return fit;
}

/** What there is to say of a mapping and the pairs it rests on. */
export function describeFit(
  homography: Homography,
  from: readonly Point[],
  to: readonly Point[],
  inlierShare: number | null,
): LayoutFit {
  const scale = areaScaleAt(homography, middleOf(from));
  const mmPerPixel = 1 / Math.sqrt(Math.abs(scale));
  const residualPx = median(distances(homography, from, to));
  return {
    homography,
    mmPerPixel,
    residualPx,
    residualMm: residualPx * mmPerPixel,
    inlierShare,
    pairs: from.length,
    mirrored: scale < 0,
  };
}

/** The middle value of numbers, 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function distances(mapping: Homography, from: readonly Point[], to: readonly Point[]): number[] {
  return from.map((point, k) => {
    const [x, y] = mapPoint(mapping, point);
    return Math.hypot(x - to[k]![0], y - to[k]![1]);
  });
}

function middleOf(points: readonly Point[]): Point {
  const sum = points.reduce(([x, y], point) => [x + point[0], y + point[1]] as Point, [0, 0] as Point);
  return [sum[0] / points.length, sum[1] / points.length];
}
