import { type Box, boxCenter } from '../geometry/index.js';

/**
 * Found and missed, told apart by colour-blind eyes too: by lightness, and by the four spikes of a missed one.
 * After Okabe and Ito, Color Universal Design, 2008, a little brighter.
 */
export const FOUND_COLOR = '#2ec08b';
export const MISSED_COLOR = '#ff5a36';

/** A ring inside a square frame; a black and a white line around its colour show on any board. */
export function ring(frame: Box, found: boolean, stroke: number): string {
  const [x, y] = boxCenter(frame);
  const radius = frame.width / 2;
  const spikes = found ? '' : spikePath(x, y, radius, 5 * stroke);
  const line = (color: string, width: number) =>
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}" fill="none" stroke="${color}" stroke-width="${width.toFixed(2)}"/>` +
    (spikes && `<path d="${spikes}" fill="none" stroke="${color}" stroke-width="${width.toFixed(2)}"/>`);
  const weight = found ? 1 : 1.25;
  return (
    line('#000000', 4.2 * weight * stroke) +
    line('#ffffff', 2.6 * weight * stroke) +
    line(found ? FOUND_COLOR : MISSED_COLOR, 1.9 * weight * stroke)
  );
}

/** Four spikes that leave the ring diagonally. */
function spikePath(x: number, y: number, radius: number, length: number): string {
  const near = radius * Math.SQRT1_2;
  const far = (radius + length) * Math.SQRT1_2;
  return [-1, 1]
    .flatMap((sx) => [-1, 1].map((sy) => [sx, sy] as const))
    .map(
      ([sx, sy]) =>
        `M${(x + sx * near).toFixed(1)} ${(y + sy * near).toFixed(1)}L${(x + sx * far).toFixed(1)} ${(y + sy * far).toFixed(1)}`,
    )
    .join('');
}
