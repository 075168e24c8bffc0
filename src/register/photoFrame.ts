import { boxCorners, type Point } from '../geometry/index.js';

/** Corners of what a photo surely shows, clockwise: a pixel in from its edge, since what lies beyond is not known. */
export function photoFrame({ width, height }: { width: number; height: number }): Point[] {
  return boxCorners({ x: 1, y: 1, width: width - 3, height: height - 3 });
}
