import { type Box, boxCenter } from './geometry/index.js';
import type { Raster } from './photo/index.js';

/** The mask that leaves nothing out. */
export const EVERYWHERE: Raster = { data: Uint8Array.of(1), width: 1, height: 1, channels: 1 };

/** Pixels that the change model looks at around a difference. */
export const AROUND = 256;

/** A square around a box that lies in the frame, in whole pixels. @param scale size in which it is looked at */
export function surroundings(
  box: Box,
  scale: number,
  { width, height }: { width: number; height: number },
): Box {
  const [x, y] = boxCenter(box);
  const side = Math.ceil(Math.max(AROUND / scale, 2 * box.width, 2 * box.height));
  const across = Math.min(side, width);
  const down = Math.min(side, height);
  return {
    x: Math.round(Math.max(0, Math.min(width - across, x - across / 2))),
    y: Math.round(Math.max(0, Math.min(height - down, y - down / 2))),
    width: across,
    height: down,
  };
}

/** A box in pixels of what is cut out. */
export function placedIn(box: Box, area: Box): Box {
  return { ...box, x: box.x - area.x, y: box.y - area.y };
}
