import { type Colour, createPainter, type Painter } from './painter.js';
import type { Random } from './random.js';
import type { Rgba } from './rgba.js';

/** Packages that can be drawn, in the detector's class names where it has one. */
export const DRAWN_PARTS = {
  'chip-resistor': { class: 'resistor', widthMm: 1.6, heightMm: 0.8 },
  mlcc: { class: 'capacitor', widthMm: 1.6, heightMm: 0.8 },
  tantalum: { class: 'capacitor', widthMm: 3.5, heightMm: 2.8 },
  'sot-23': { class: 'transistor', widthMm: 2.9, heightMm: 2.5 },
  'so-8': { class: 'ic', widthMm: 4.9, heightMm: 6.0 },
  qfn: { class: 'ic', widthMm: 4.0, heightMm: 4.0 },
  wlcsp: { class: 'ic', widthMm: 1.6, heightMm: 1.2 },
  led: { class: 'led', widthMm: 1.6, heightMm: 0.8 },
  inductor: { class: 'inductor', widthMm: 4.0, heightMm: 4.0 },
  crystal: { class: 'crystal', widthMm: 3.2, heightMm: 2.5 },
  diode: { class: 'diode', widthMm: 3.8, heightMm: 1.6 },
} as const;

export type DrawnPart = keyof typeof DRAWN_PARTS;

/**
 * Draws the top view of a package, shaded and marked; no two draws are quite alike.
 * Sizes are the nominal body outlines of IPC-7351 and JEDEC (MO-012 for SO-8, TO-236 for SOT-23).
 * @param longSidePx resolution: pixels along the longer side
 */
export function drawPart(part: DrawnPart, longSidePx: number, random: Random): Rgba {
  if (!(longSidePx >= 4)) throw new RangeError(`drawPart: expected at least 4 px, got ${longSidePx}`);
  const { widthMm, heightMm } = DRAWN_PARTS[part];
  const painter = createPainter(widthMm, heightMm, longSidePx / Math.max(widthMm, heightMm), random);
  DRAW[part](painter, random);
  return painter.picture();
}

/** A colour with its brightness varied by up to `spread`, as a share. */
function varied(random: Random, [r, g, b]: Colour, spread = 0.12): Colour {
  const f = 1 + random.range(-spread, spread);
  return [r * f, g * f, b * f];
}

const tin = (random: Random): Colour => varied(random, [186, 185, 180], 0.15);
const black = (random: Random): Colour => varied(random, [38, 38, 40], 0.35);
const print: Colour = [190, 190, 184];

/** Two end caps with solder sheen around a body. */
function chip(p: Painter, random: Random, body: Colour, capMm: number, relief: number) {
  const cap = { colour: tin(random), radius: 0.06, rim: 0.12, relief: 0.3, sheen: 0.25, mottle: 5 };
  p.rectangle(-0.8 + capMm / 2, 0, capMm, 0.78, cap);
  p.rectangle(0.8 - capMm / 2, 0, capMm, 0.78, cap);
  p.rectangle(0, 0, 1.6 - 2 * capMm, 0.74, { colour: body, rim: 0.1, relief, sheen: 0.12, mottle: 3 });
}

const DRAW: Record<DrawnPart, (p: Painter, random: Random) => void> = {
  'chip-resistor': (p, random) => {
    chip(p, random, black(random), random.range(0.22, 0.34), 0.15);
    p.marking(0, 0, 0.4, 3, print);
  },
  mlcc: (p, random) => {
    chip(
      p,
      random,
      varied(
        random,
        random.pick([
          [168, 138, 104],
          [146, 118, 92],
          [188, 170, 142],
        ]),
      ),
      0.32,
      0.25,
    );
  },
  tantalum: (p, random) => {
    const yellow = random.next() < 0.6;
    p.rectangle(0, 0, 3.5, 2.1, { colour: tin(random), rim: 0.1, relief: 0.2, sheen: 0.3 });
    const colour = yellow ? varied(random, [212, 166, 62]) : black(random);
    p.rectangle(0, 0, 3.2, 2.8, { colour, radius: 0.08, rim: 0.22, relief: 0.22, sheen: 0.12, mottle: 2 });
    const ink: Colour = yellow ? [92, 60, 30] : print;
    p.rectangle(-1.25, 0, 0.42, 2.5, { colour: ink, opacity: 0.85 });
    p.marking(0.25, -0.45, 0.7, 3, ink);
    p.marking(0.25, 0.55, 0.6, 3, ink);
  },
  'sot-23': (p, random) => {
    const lead = { colour: tin(random), radius: 0.05, rim: 0.1, relief: 0.25, sheen: 0.3 };
    p.rectangle(0, -0.9, 0.42, 0.7, lead);
    p.rectangle(-0.95, 0.9, 0.42, 0.7, lead);
    p.rectangle(0.95, 0.9, 0.42, 0.7, lead);
    p.rectangle(0, 0, 2.9, 1.4, { colour: black(random), rim: 0.2, relief: 0.35, sheen: 0.15, mottle: 2 });
    p.marking(0, 0, 0.55, 3, print, 0.4);
  },
  'so-8': (p, random) => {
    const lead = { colour: tin(random), radius: 0.05, rim: 0.1, relief: 0.25, sheen: 0.3 };
    for (let n = 0; n < 4; n++) {
      for (const side of [-1, 1]) p.rectangle((n - 1.5) * 1.27, side * 2.45, 0.42, 1.1, lead);
    }
    p.rectangle(0, 0, 4.9, 3.9, {
      colour: black(random),
      radius: 0.1,
      rim: 0.3,
      relief: 0.35,
      sheen: 0.2,
      mottle: 2,
    });
    p.ellipse(-1.9, 1.35, 0.5, 0.5, { colour: [62, 62, 64], rim: 0.15, relief: 0.5 });
    p.marking(0.2, -0.55, 0.75, 5, print, 0.4);
    p.marking(0, 0.6, 0.65, 4, print, 0.4);
  },
  qfn: (p, random) => {
    const pad = { colour: tin(random), sheen: 0.3 };
    for (let n = 0; n < 6; n++) {
      for (const side of [-1, 1]) {
        p.rectangle((n - 2.5) * 0.55, side * 1.9, 0.26, 0.2, pad);
        p.rectangle(side * 1.9, (n - 2.5) * 0.55, 0.2, 0.26, pad);
      }
    }
    p.rectangle(0, 0, 3.84, 3.84, { colour: black(random), rim: 0.12, relief: 0.3, sheen: 0.25, mottle: 2 });
    p.ellipse(-1.5, -1.5, 0.3, 0.3, { colour: print, opacity: 0.7 });
    p.marking(0, -0.3, 0.6, 4, print, 0.35);
    p.marking(0, 0.65, 0.55, 4, print, 0.35);
  },
  wlcsp: (p, random) => {
    const colour = varied(
      random,
      random.pick([
        [70, 72, 80],
        [96, 98, 106],
        [44, 44, 48],
      ]),
    );
    p.rectangle(0, 0, 1.6, 1.2, { colour, rim: 0.06, relief: 0.35, sheen: 0.45 });
    p.ellipse(-0.62, -0.42, 0.14, 0.14, { colour: print, opacity: 0.7 });
    p.marking(0.05, 0.05, 0.36, 3, print, 0.35);
  },
  led: (p, random) => {
    chip(p, random, varied(random, [214, 214, 196]), 0.3, 0.1);
    const lens = random.pick<Colour>([
      [232, 214, 120],
      [220, 226, 214],
      [206, 96, 82],
    ]);
    p.ellipse(0, 0, 0.82, 0.62, { colour: lens, rim: 0.2, relief: 0.3, sheen: 0.25, opacity: 0.9 });
    p.ellipse(0.1, -0.08, 0.12, 0.08, { colour: [250, 250, 246], opacity: 0.8 });
  },
  inductor: (p, random) => {
    const colour = varied(random, [78, 78, 80], 0.3);
    p.rectangle(0, 0, 4, 4, { colour, radius: 0.7, rim: 0.3, relief: 0.25, sheen: 0.15, mottle: 5 });
    p.ellipse(0, 0, 3.1, 3.1, { colour: varied(random, [54, 54, 56]), rim: 0.35, relief: 0.3, mottle: 4 });
    p.marking(0, 0, 1.0, 3, print, 0.7);
  },
  crystal: (p, random) => {
    p.rectangle(0, 0, 3.2, 2.5, {
      colour: varied(random, [150, 132, 92]),
      radius: 0.2,
      rim: 0.1,
      relief: 0.2,
    });
    const lid = { colour: varied(random, [190, 190, 188]), radius: 0.3, rim: 0.18, relief: 0.3, sheen: 0.4 };
    p.rectangle(0, 0, 2.8, 2.1, lid);
    p.marking(0, 0, 0.55, 5, [86, 86, 88], 0.8);
  },
  diode: (p, random) => {
    p.rectangle(0, 0, 3.8, 0.9, { colour: tin(random), radius: 0.05, rim: 0.1, relief: 0.25, sheen: 0.3 });
    p.rectangle(0, 0, 2.7, 1.6, { colour: black(random), rim: 0.2, relief: 0.35, sheen: 0.15, mottle: 2 });
    p.rectangle(-1.0, 0, 0.3, 1.5, { colour: [196, 196, 192], opacity: 0.85 });
    p.marking(0.3, 0, 0.55, 2, print, 0.4);
  },
};
