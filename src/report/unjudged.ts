import type { Inspection } from '../document/index.js';
import { type Box, boxCorners, growBox, scaleBox } from '../geometry/index.js';
import type { PlacedMark } from './marks.js';
import { openStretches } from './openStretches.js';
import { linePath } from './svg.js';

/** Places below this share of the picture's longer side are counted in the reports but not drawn: they would be specks. */
const LEAST_SIDE = 0.02;

/**
 * Thin dashed outlines around the places that could not be judged, so that an empty place does not read as a good one.
 * They end at frames and tags and cover no finding.
 * @param scale picture pixels a photo pixel
 */
export function drawUnjudged(
  places: Inspection['coverage']['notJudged'],
  marks: readonly PlacedMark[],
  scale: number,
  { width, height }: { width: number; height: number },
): string {
  const side = Math.max(width, height);
  const stroke = Math.max(1, side / 1600);
  const holes = marks.flatMap(({ frame, tag }) => [growBox(frame, 3 * stroke), growBox(tag, 2 * stroke)]);
  const d = places
    .map(({ box }) => scaleBox(box, scale))
    .filter((box) => Math.max(box.width, box.height) >= LEAST_SIDE * side)
    .map((box) => outlinePath(box, holes))
    .join('');
  if (d === '') return '';
  const dash = `${(4 * stroke).toFixed(1)} ${(3 * stroke).toFixed(1)}`;
  return (
    `<path d="${d}" fill="none" stroke="#000000" stroke-opacity="0.6" stroke-width="${(2.4 * stroke).toFixed(2)}"/>` +
    `<path d="${d}" fill="none" stroke="#ffffff" stroke-width="${(1.2 * stroke).toFixed(2)}" stroke-dasharray="${dash}"/>`
  );
}

function outlinePath(box: Box, holes: readonly Box[]): string {
  const corners = boxCorners(box);
  return corners
    .flatMap((corner, k) => openStretches(corner, corners[(k + 1) % 4]!, holes))
    .map(linePath)
    .join('');
}
