import { createPainter } from './painter.js';
import type { Random } from './random.js';
import type { Rgba } from './rgba.js';

/**
 * Two bare pads with a rest of solder, at the ends of a box: what a part leaves when it is taken off.
 * @returns a picture three times as fine as the box's pixels
 */
export function drawPads(widthPx: number, heightPx: number, random: Random): Rgba {
  const painter = createPainter(widthPx, heightPx, 3, random);
  const across = widthPx < heightPx;
  const [long, short] = across ? [heightPx, widthPx] : [widthPx, heightPx];
  const length = long * random.range(0.24, 0.34);
  for (const side of [-1, 1]) {
    const at = (side * (long - length)) / 2;
    const size = [length, short * 0.94] as const;
    painter.rectangle(
      across ? 0 : at,
      across ? at : 0,
      across ? size[1] : size[0],
      across ? size[0] : size[1],
      {
        colour: random.pick([
          [168, 166, 160],
          [150, 142, 122],
        ] as const),
        radius: Math.min(...size) * 0.2,
        rim: Math.min(...size) * 0.35,
        relief: random.range(0.1, 0.5),
        gloss: random.range(0.4, 0.9),
        mottle: 5,
      },
    );
  }
  return painter.picture();
}
