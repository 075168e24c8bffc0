import { type Box, growBox, pixelBox } from '../geometry/index.js';
import type { DisplacementField } from '../register/index.js';
import type { SeenPart } from './part.js';

/** Tracked corners around a place lie this far apart where the board is flat, in surface-frame pixels, at most. */
const FLAT_SPREAD = 3;
/** Local alignment moves flat board less than this: what lenses bend. */
const FLAT_SHIFT = 5;
/** Classes that lie flat on the board, whatever their size. */
const FLAT_CLASSES = new Set(['ic', 'resistor', 'diode', 'transistor', 'led', 'fuse']);
/** Parts of other classes are flat too while their longer side is below this share of the frame's. */
const SMALL = 0.022;
/** A tall part is about as high as this share of its shorter side: so far its walls may show. */
const WALL = 0.4;
const WALL_LIMITS = [4, 60] as const;
/** Detections weaker than this do not excuse anything. */
const BELIEVED = 0.2;

/**
 * Marks where tall parts stand: around them one viewpoint shows walls and board that the other does not, and no
 * alignment brings them together. Signs: patches that moved as a whole, corners tracked around a place that move
 * apart or far, and parts of tall classes that a detector sees.
 * @param moved what findParallax in register/ found, one byte a pixel of the surface frame
 * @param parts seen in either picture, reference-frame pixels
 * @param scale surface-frame pixels a reference pixel
 * @returns one byte a pixel of the surface frame
 */
export function parallaxZone(
  moved: Uint8Array,
  field: DisplacementField,
  parts: readonly SeenPart[],
  scale: number,
  width: number,
  height: number,
): Uint8Array {
  const zone = moved.slice();
  const { columns, spacing, spread, dx, dy } = field;
  for (let y = 0; y < height; y++) {
    const row = Math.round(y / spacing) * columns;
    for (let x = 0; x < width; x++) {
      const node = row + Math.round(x / spacing);
      if (spread[node]! > FLAT_SPREAD || Math.hypot(dx[node]!, dy[node]!) > FLAT_SHIFT)
        zone[y * width + x] = 1;
    }
  }
  const small = SMALL * Math.max(width, height);
  for (const { box, label, score } of parts) {
    if (score < BELIEVED || FLAT_CLASSES.has(label)) continue;
    const here: Box = {
      x: box.x * scale,
      y: box.y * scale,
      width: box.width * scale,
      height: box.height * scale,
    };
    if (Math.max(here.width, here.height) < small) continue;
    const wall = Math.min(WALL_LIMITS[1], Math.max(WALL_LIMITS[0], WALL * Math.min(here.width, here.height)));
    const place = pixelBox(growBox(here, wall), width, height);
    if (!place) continue;
    for (let y = place.y; y < place.y + place.height; y++) {
      zone.fill(1, y * width + place.x, y * width + place.x + place.width);
    }
  }
  return zone;
}

/** Share of a box, in surface-frame pixels, that lies in a zone. */
export function shareIn(zone: Uint8Array, box: Box, width: number, height: number): number {
  const place = pixelBox(box, width, height);
  if (!place) return 0;
  let count = 0;
  for (let y = place.y; y < place.y + place.height; y++) {
    for (let k = y * width + place.x; k < y * width + place.x + place.width; k++) count += zone[k]!;
  }
  return count / (place.width * place.height);
}
