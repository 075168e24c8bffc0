import { UserError } from '../errors.js';
import {
  areaScaleAt,
  type Box,
  boundingBox,
  boxCorners,
  type Homography,
  mapPoint,
  type Point,
} from '../geometry/index.js';
import type { ImportedSite } from './importers/imported.js';
import type { Site } from './schema.js';
import { usualSide } from './usualSide.js';

/** Boxes have an area, however small a part is in a photo. */
const LEAST_PX = 0.5;
/** Coordinates of a reference reach so far. */
const FARTHEST = 100_000;

/**
 * A site of a reference from one of an imported layout.
 * @param mapping layout → reference-frame pixels; mirrors where the bottom side is seen
 * @returns box and rotation as seen in the frame; the box is not clipped
 */
export function toSite(site: ImportedSite, mapping: Homography): Site {
  const { id, label, expected, part, rotation } = site;
  const turned = rotation === null ? null : rotationInFrame(site, rotation, mapping);
  return {
    id,
    label,
    expected,
    box: siteBox(site, mapping),
    score: null,
    ...(turned === null ? {} : { rotation: turned }),
    ...(part ? { part } : {}),
  };
}

function siteBox({ at, body, label }: ImportedSite, mapping: Homography): Box {
  const half = usualSide(label) / 2;
  const corners = body ?? boxCorners({ x: at[0] - half, y: at[1] - half, width: 2 * half, height: 2 * half });
  const { x, y, width, height } = boundingBox(corners.map((corner) => mapPoint(mapping, corner)));
  const wide = Math.max(width, LEAST_PX);
  const high = Math.max(height, LEAST_PX);
  return {
    x: tenth(x - (wide - width) / 2),
    y: tenth(y - (high - height) / 2),
    width: tenth(wide),
    height: tenth(high),
  };
}

/** Degrees counter-clockwise as seen in the frame, from those as seen from the part's own side. */
function rotationInFrame({ at, side }: ImportedSite, rotation: number, mapping: Homography): number {
  const angle = (rotation * Math.PI) / 180;
  // Seen through the top side, x of a part on the bottom runs the other way.
  const across = side === 'bottom' ? -Math.cos(angle) : Math.cos(angle);
  // A short way along the part's own x axis; short against the perspective of any camera.
  const step = 1e-3 / Math.sqrt(Math.abs(areaScaleAt(mapping, at)));
  const from = mapPoint(mapping, at);
  const to = mapPoint(mapping, [at[0] + step * across, at[1] - step * Math.sin(angle)]);
  const degrees = (Math.atan2(from[1] - to[1], to[0] - from[0]) * 180) / Math.PI;
  return tenth(((degrees % 360) + 360) % 360) % 360;
}

/**
 * An outline in the frame.
 * @throws UserError when it reaches where no reference does: the mapping is no camera's
 */
export function mapOutline(outline: readonly Point[], mapping: Homography): [number, number][] {
  return outline.map((corner) => {
    const [x, y] = mapPoint(mapping, corner);
    if (!(Math.max(Math.abs(x), Math.abs(y)) <= FARTHEST)) {
      throw new UserError(
        'expected an outline near the photo, got one that reaches far beyond it',
        'Check the typed points, or type more of them.',
      );
    }
    return [tenth(x), tenth(y)];
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}
