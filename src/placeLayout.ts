import type { SeenPart } from './compare/index.js';
import { UserError } from './errors.js';
import { boundingBox, boxCorners, type Homography, type Point } from './geometry/index.js';
import type { ImportedLayout, ImportedSite } from './layout/index.js';
import { fitParts, fitPoints, type LayoutFit, type PointPair, usualSide } from './layout/index.js';

/** A side of a board as a photo shows it. */
export type BoardSide = 'top' | 'bottom';

/** A place known in both: a part's name or a place in the file's own coordinates, and photo pixels. */
export interface TypedPoint {
  /** Designator, or x and y in millimetres (or the file's pixels), y as the file counts it. */
  layout: string | Point;
  photo: Point;
}

/** Where a layout lies in a picture, and of which side it is. */
export interface Placed {
  /** Layout → frame pixels. */
  mapping: Homography;
  side: BoardSide | null;
  /** Null where nothing had to be fitted. */
  fit: LayoutFit | null;
}

/** What a photo shows, for fitting. */
export interface Shown {
  width: number;
  height: number;
  /** Parts that the detector is sure of. */
  parts: readonly SeenPart[];
  outline: readonly Point[];
  outlineFound: boolean;
  /** For messages. */
  path: string;
}

/** Formats that count y upwards; layouts count it downwards. */
const Y_UP = ['centroid', 'ipc-2581', 'brd2', 'bvr'];
/** Without a photo, the frame has so many millimetres a pixel and such a margin around the board. */
const MM_PER_PIXEL = 0.05;
const MARGIN_MM = 2;
const LARGEST_SIDE = 100_000;
/** Pictures of one shape have sides of ratios that differ by less than this. */
const SAME_SHAPE = 0.02;

/** The frame of a layout that no photo is there for. */
export function frameWithoutPhoto(layout: ImportedLayout, wanted: BoardSide | null) {
  if (layout.unit === null) {
    throw new UserError(
      'expected a layout that tells its unit, got shares of a picture',
      'Name the picture with --photo.',
    );
  }
  const side = wanted ?? layout.picture?.side ?? sidesOf(layout)[0] ?? null;
  const sites = onSide(layout, side);
  if (sites.length === 0) throw noSites(layout, side);
  const inMm = layout.unit === 'mm';
  const scale = inMm ? 1 / MM_PER_PIXEL : 1;
  const { x, y, width, height } = boundingBox(
    layout.outline ??
      sites.flatMap(({ at, body, label }) => body ?? cornersAround(at, inMm ? usualSide(label) : 0)),
  );
  const margin = inMm ? MARGIN_MM : 0;
  // Boxes drawn over a picture keep its pixels: its top left corner is the frame's.
  const [left, top] = inMm ? [x - margin, y - margin] : [0, 0];
  const across = x + width + margin - left;
  const frame = layout.picture
    ? { width: Math.ceil(layout.picture.width), height: Math.ceil(layout.picture.height) }
    : { width: Math.ceil(across * scale), height: Math.ceil((y + height + margin - top) * scale) };
  if (!(Math.max(frame.width, frame.height) <= LARGEST_SIDE)) {
    throw new UserError(
      `expected a board of at most ${LARGEST_SIDE / scale} ${layout.unit}, got ${Math.ceil(width)} × ${Math.ceil(height)}`,
      'Check the unit that the file was written in.',
    );
  }
  const mapping: Homography =
    // A picture of the bottom side is one from below already.
    side === 'bottom' && inMm
      ? [-scale, 0, (left + across) * scale, 0, scale, -top * scale, 0, 0, 1]
      : [scale, 0, -left * scale, 0, scale, -top * scale, 0, 0, 1];
  return {
    frame,
    placed: { mapping, side, fit: null } satisfies Placed,
    mmPerPixel: inMm ? MM_PER_PIXEL : null,
  };
}

/** Corners of a square around a place. */
function cornersAround([x, y]: Point, side: number): Point[] {
  return boxCorners({ x: x - side / 2, y: y - side / 2, width: side, height: side });
}

/**
 * Lays a layout onto a photo: by typed points where there are any, otherwise by the parts that are seen. Layouts drawn
 * over a picture need nothing of it.
 * @param wanted side that the photo shows; null: that which fits better
 * @throws UserError with the numbers of the best fit when none is believed
 */
export function placeOnPhoto(
  layout: ImportedLayout,
  shown: Shown,
  wanted: BoardSide | null,
  points: readonly TypedPoint[],
): Placed {
  if (points.length > 0) {
    const fit = fitPoints(
      points.map((point) => resolvePoint(point, layout)),
      wanted === null ? null : wanted === 'bottom',
    );
    return { mapping: fit.homography, side: fit.mirrored ? 'bottom' : 'top', fit };
  }
  if (layout.unit !== 'mm') {
    const [across, down] = scaleOntoPhoto(layout, shown);
    const side = wanted ?? layout.picture?.side ?? null;
    return { mapping: [across, 0, 0, 0, down, 0, 0, 0, 1], side, fit: null };
  }
  const known = sidesOf(layout);
  const candidates: (BoardSide | null)[] = wanted ? [wanted] : known.length > 0 ? known : [null];
  const reasons: string[] = [];
  let best: Placed | null = null;
  for (const side of candidates) {
    const sites = onSide(layout, side).filter(({ expected }) => expected === 'fitted');
    const result = fitParts(
      sites.map(({ at, body, label }) => ({ at, label, size: sizeOf(body) })),
      shown.parts,
      {
        mirrored: side === null ? null : side === 'bottom',
        outlines:
          layout.outline && shown.outlineFound ? { layout: layout.outline, photo: shown.outline } : null,
        width: shown.width,
        height: shown.height,
      },
    );
    if ('reason' in result) {
      reasons.push(side ? `${side} side: ${result.reason}` : result.reason);
    } else if (!best || result.fit.inlierShare! > best.fit!.inlierShare!) {
      best = {
        mapping: result.fit.homography,
        side: side ?? (result.fit.mirrored ? 'bottom' : 'top'),
        fit: result.fit,
      };
    }
  }
  if (best) return best;
  throw new UserError(
    `${shown.path}: expected a photo that the layout can be laid onto, but ${reasons.join('; ')}`,
    'Name three or more parts far apart and their middles in the photo: --point R1=120,340 --point U2=1800,300 --point J3=900,1500',
  );
}

/**
 * What brings the boxes of a layout drawn over a picture onto the photo: shares grow by the photo's size, pixels by what the
 * photo is larger than the picture.
 */
function scaleOntoPhoto({ unit, picture }: ImportedLayout, { width, height, path }: Shown): [number, number] {
  if (unit === null) return [width, height];
  if (!picture) return [1, 1];
  const [across, down] = [width / picture.width, height / picture.height];
  if (Math.abs(across / down - 1) > SAME_SHAPE) {
    throw new UserError(
      `${path}: expected the picture that the boxes were drawn over, ${picture.width} × ${picture.height}, got ${width} × ${height}`,
      'Name that picture with --photo, or one of its shape.',
    );
  }
  return [across, down];
}

/** The error for a side on which the layout has nothing to show. */
export function noSites({ sites }: ImportedLayout, side: BoardSide | null): UserError {
  return new UserError(
    `expected parts on the ${side ?? 'one'} side and in the frame, got none of ${sites.length}`,
    'Name the other side with --side, or check the points.',
  );
}

/** Sites that a photo of a side shows; those of unknown side are on either. */
export function onSide(layout: ImportedLayout, side: BoardSide | null): ImportedSite[] {
  return side === null
    ? layout.sites
    : layout.sites.filter((site) => site.side === null || site.side === side);
}

function sidesOf({ sites }: ImportedLayout): BoardSide[] {
  return (['top', 'bottom'] as const).filter((side) => sites.some((site) => site.side === side));
}

function resolvePoint({ layout: place, photo }: TypedPoint, layout: ImportedLayout): PointPair {
  if (typeof place !== 'string') {
    return { layout: Y_UP.includes(layout.kind) ? [place[0], 0 - place[1]] : place, photo };
  }
  const site = layout.sites.find(({ id }) => id === place);
  if (site) return { layout: site.at, photo };
  throw new UserError(
    `--point: expected the name of a part in the layout, got "${place}"`,
    `Some of its names: ${layout.sites
      .slice(0, 8)
      .map(({ id }) => id)
      .join(', ')}.`,
  );
}

/** Longer and shorter side of a body, whichever way it is turned: detectors draw upright boxes around it. */
function sizeOf(body: readonly Point[] | null): readonly [number, number] | null {
  if (!body) return null;
  const { width, height } = boundingBox(body);
  return [Math.max(width, height), Math.min(width, height)];
}
