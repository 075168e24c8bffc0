import { areaScaleAt, type Homography, invert, mapPoint } from './geometry/index.js';

/** Reference pixels a photo pixel, along one side, in the middle of the reference. */
export function scaleAtMiddle(
  homography: Homography,
  { width, height }: { width: number; height: number },
): number {
  const middle = mapPoint(invert(homography), [width / 2, height / 2]);
  return Math.sqrt(Math.abs(areaScaleAt(homography, middle)));
}
