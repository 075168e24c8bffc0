import { type Box, boundingBox, boxCenter, type Point } from '../geometry/index.js';
import type { Rgba } from './rgba.js';

/** Where and how large a part is planted, photo pixels; whole coordinates are pixel centres. */
export interface Placement {
  center: Point;
  /** Turned clockwise on screen, degrees. */
  angleDeg: number;
  /** Length of the part's longer side. */
  longSidePx: number;
}

/** Box around the four corners of a part's picture where it is planted. */
export function placementBox(part: Rgba, { center: [cx, cy], angleDeg, longSidePx }: Placement): Box {
  const scale = longSidePx / Math.max(part.width, part.height);
  const halfWidth = (part.width * scale) / 2;
  const halfHeight = (part.height * scale) / 2;
  const angle = (angleDeg * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const corners = [-1, 1].flatMap((sx) =>
    [-1, 1].map((sy): Point => {
      const x = sx * halfWidth;
      const y = sy * halfHeight;
      return [cx + x * cos - y * sin, cy + x * sin + y * cos];
    }),
  );
  return boundingBox(corners);
}

/** Where a part's centre goes to sit in the middle of a box: boxes count from the corner of a pixel. */
export function placementCenter(box: Box): Point {
  const [x, y] = boxCenter(box);
  return [x - 0.5, y - 0.5];
}
