import { PACKAGES } from './packages.js';
import { createPainter } from './painter.js';
import type { Random } from './random.js';
import { type Rgba, trim } from './rgba.js';

/** Packages that can be drawn, in the detector's class names where it has one; sizes are those of the canvas. */
export const DRAWN_PARTS = {
  'chip-resistor': { class: 'resistor', widthMm: 2.4, heightMm: 1.1 },
  mlcc: { class: 'capacitor', widthMm: 2.4, heightMm: 1.1 },
  led: { class: 'led', widthMm: 2.4, heightMm: 1.1 },
  tantalum: { class: 'capacitor', widthMm: 4.3, heightMm: 2.8 },
  electrolytic: { class: 'capacitor', widthMm: 6.8, heightMm: 5.4 },
  'sot-23': { class: 'transistor', widthMm: 2.9, heightMm: 2.9 },
  'sot-23-6': { class: 'ic', widthMm: 2.9, heightMm: 2.9 },
  'so-8': { class: 'ic', widthMm: 4.9, heightMm: 6.4 },
  qfn: { class: 'ic', widthMm: 4.2, heightMm: 4.2 },
  dfn: { class: 'ic', widthMm: 3.3, heightMm: 2.2 },
  wlcsp: { class: 'ic', widthMm: 1.6, heightMm: 1.2 },
  inductor: { class: 'inductor', widthMm: 4.2, heightMm: 4.0 },
  crystal: { class: 'crystal', widthMm: 3.2, heightMm: 2.5 },
  diode: { class: 'diode', widthMm: 4.4, heightMm: 1.7 },
} as const;

export type DrawnPart = keyof typeof DRAWN_PARTS;

/** A part's picture with its name and size. */
export interface PartPicture {
  /** Package, as in `DRAWN_PARTS`, or the class of a rendered part. */
  label: string;
  widthMm: number;
  heightMm: number;
  /** Draws the part from above; one that cannot be drawn finer comes as it is. */
  draw(pxPerMm: number, random: Random): Rgba;
}

/**
 * Draws the top view of a package, shaded, marked and, at random, with its solder; no two draws are quite alike.
 * Sizes are the nominal body outlines of IPC-7351 and JEDEC (MO-012 for SO-8, TO-236 for SOT-23), varied a little.
 * @param longSidePx resolution: pixels along the longer side of the canvas; the picture is cut to what is visible
 * @throws RangeError for less than 4 px
 */
export function drawPart(part: DrawnPart, longSidePx: number, random: Random): Rgba {
  if (!(longSidePx >= 4)) throw new RangeError(`drawPart: expected at least 4 px, got ${longSidePx}`);
  const { widthMm, heightMm } = DRAWN_PARTS[part];
  const painter = createPainter(widthMm, heightMm, longSidePx / Math.max(widthMm, heightMm), random);
  PACKAGES[part](painter, random);
  return trim(painter.picture());
}

/** All packages that can be drawn. */
export function drawnPartPictures(): PartPicture[] {
  return (Object.keys(DRAWN_PARTS) as DrawnPart[]).map((label) => {
    const { widthMm, heightMm } = DRAWN_PARTS[label];
    const draw = (pxPerMm: number, random: Random) =>
      drawPart(label, Math.max(4, pxPerMm * Math.max(widthMm, heightMm)), random);
    return { label, widthMm, heightMm, draw };
  });
}

/** Wraps a rendered or photographed part; its picture is cut to what is visible. */
export function renderedPartPicture(
  label: string,
  widthMm: number,
  heightMm: number,
  picture: Rgba,
): PartPicture {
  const trimmed = trim(picture);
  return { label, widthMm, heightMm, draw: () => trimmed };
}
