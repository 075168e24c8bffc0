import type { Box } from '../geometry/index.js';
import { GROUND } from './banner.js';
import { textPath } from './strokeFont.js';
import { svgRect } from './svg.js';

/** Height of a tag, in heights of its letters, and what its width adds to that of the text. */
export const TAG = { height: 1.9, padding: 1.1 } as const;

/** A dark plate with a text of one line, edged in the colour of what it belongs to. */
export function drawTag(text: string, tag: Box, color: string, stroke: number): string {
  const letter = tag.height / TAG.height;
  return (
    svgRect(tag, { fill: GROUND, stroke: color, strokeWidth: stroke, radius: letter / 4 }) +
    textPath(text, tag.x + (TAG.padding / 2) * letter, tag.y + 0.45 * letter, letter, '#ffffff')
  );
}
