import type { DrawnPart } from './drawnParts.js';
import { black, chip, leads, moulded, print, solder, tin, varied } from './materials.js';
import type { Colour, Painter } from './painter.js';
import type { Random } from './random.js';

/** Draws every package about the middle of its canvas, millimetres. */
export const PACKAGES: Record<DrawnPart, (p: Painter, random: Random) => void> = {
  'chip-resistor': (p, random) => {
    chip(p, random, black(random), random.range(0.22, 0.34), 0.15);
    if (random.next() < 0.7) p.marking(0, 0, 0.4, random.integer(3, 4), print(random));
  },
  mlcc: (p, random) => {
    const body = random.pick<Colour>([
      [168, 138, 104],
      [146, 118, 92],
      [188, 170, 142],
      [122, 92, 72],
    ]);
    chip(p, random, varied(random, body), random.range(0.26, 0.38), 0.25);
  },
  led: (p, random) => {
    chip(p, random, varied(random, [214, 214, 196]), 0.3, 0.1);
    const lens = random.pick<Colour>([
      [232, 214, 120],
      [220, 226, 214],
      [206, 96, 82],
    ]);
    p.ellipse(0, 0, 0.82, 0.6, {
      colour: lens,
      rim: 0.2,
      relief: 0.3,
      sheen: 0.25,
      gloss: 0.3,
      opacity: 0.9,
    });
    p.ellipse(0.1, -0.08, 0.12, 0.08, { colour: [255, 255, 250], opacity: 0.8 });
  },
  tantalum: (p, random) => {
    const yellow = random.next() < 0.6;
    for (const side of [-1, 1]) solder(p, random, side * 1.75, 0, random.range(0.3, 0.7), 2.1);
    const height = random.range(2.2, 2.8);
    const style = { radius: 0.08, rim: 0.22, relief: 0.25, sheen: 0.2, mottle: 2 };
    p.rectangle(0, 0, 3.3, height, {
      ...style,
      colour: yellow ? varied(random, [206, 160, 60]) : black(random),
    });
    const ink: Colour = yellow ? [92, 60, 30] : print(random);
    p.rectangle(-1.3, 0, 0.42, height - 0.2, { colour: ink, opacity: 0.85 });
    p.marking(0.25, -0.4, 0.7, 3, ink);
    p.marking(0.25, 0.55, 0.6, 3, ink);
  },
  electrolytic: (p, random) => {
    for (const side of [-1, 1]) solder(p, random, side * 2.9, 0, 0.9, 0.9);
    p.rectangle(0, 0, 5.4, 5.4, { ...moulded(random), radius: 0.6 });
    const can = varied(random, [176, 176, 172]);
    p.ellipse(0, 0, 5.1, 5.1, { colour: can, rim: 0.5, relief: 0.55, sheen: 0.3, gloss: 0.35, mottle: 3 });
    const ink = varied(
      random,
      random.pick<Colour>([
        [34, 34, 40],
        [44, 52, 110],
      ]),
    );
    p.ellipse(-1.55, 0, 1.5, 3.5, { colour: ink, opacity: 0.95 });
    p.marking(0.6, -0.5, 0.9, 2, ink, 0.9);
    p.marking(0.6, 0.75, 0.9, 2, ink, 0.9);
  },
  'sot-23': (p, random) => {
    leads(p, random, [0], [-0.95, 0.95], 0.95, [0.42, 0.7]);
    p.rectangle(0, 0, 2.9, random.range(1.25, 1.5), moulded(random));
    p.marking(0, 0, 0.55, 3, print(random), 0.4);
  },
  'sot-23-6': (p, random) => {
    leads(p, random, [-0.95, 0, 0.95], [-0.95, 0, 0.95], 0.95, [0.38, 0.7]);
    p.rectangle(0, 0, 2.9, random.range(1.5, 1.7), moulded(random));
    p.ellipse(-1.15, 0.45, 0.22, 0.22, { colour: print(random), opacity: 0.5 });
    p.marking(0.1, 0, 0.5, 4, print(random), 0.4);
  },
  'so-8': (p, random) => {
    const rows = [-1.905, -0.635, 0.635, 1.905];
    leads(p, random, rows, rows, 2.45, [0.42, 1.1]);
    p.rectangle(0, 0, 4.9, 3.9, { ...moulded(random), rim: 0.3 });
    p.ellipse(-1.9, 1.35, 0.5, 0.5, { colour: [62, 62, 64], rim: 0.15, relief: 0.5 });
    p.marking(0.2, -0.55, 0.75, 5, print(random), 0.4);
    p.marking(0, 0.6, 0.65, 4, print(random), 0.4);
  },
  qfn: (p, random) => {
    const reach = random.range(1.9, 2.0);
    for (let n = 0; n < 6; n++) {
      for (const side of [-1, 1]) {
        solder(p, random, (n - 2.5) * 0.55, side * reach, 0.28, 0.25);
        solder(p, random, side * reach, (n - 2.5) * 0.55, 0.25, 0.28);
      }
    }
    p.rectangle(0, 0, 3.84, 3.84, { ...moulded(random), radius: 0.03, rim: 0.12 });
    p.ellipse(-1.5, -1.5, 0.3, 0.3, { colour: print(random), opacity: 0.7 });
    p.marking(0, -0.3, 0.6, 4, print(random), 0.35);
    p.marking(0, 0.65, 0.55, 4, print(random), 0.35);
  },
  dfn: (p, random) => {
    const places = random.pick([
      [-1, 0, 1],
      [-1.1, -0.37, 0.37, 1.1],
    ]);
    for (const x of places) for (const side of [-1, 1]) solder(p, random, x, side * 0.98, 0.34, 0.22);
    p.rectangle(0, 0, 3, 2, { ...moulded(random), radius: 0.03, rim: 0.1 });
    p.ellipse(-1.2, -0.7, 0.24, 0.24, { colour: print(random), opacity: 0.6 });
    p.marking(0.1, 0.1, 0.55, 4, print(random), 0.35);
  },
  wlcsp: (p, random) => {
    const colour = varied(
      random,
      random.pick<Colour>([
        [70, 72, 80],
        [96, 98, 106],
        [44, 44, 48],
      ]),
    );
    const height = random.range(0.8, 1.2);
    p.rectangle(0, 0, 1.6, height, { colour, rim: 0.06, relief: 0.35, sheen: 0.45 });
    p.ellipse(-0.62, 0.15 - height / 2, 0.14, 0.14, { colour: print(random), opacity: 0.7 });
    p.marking(0.05, 0.05, 0.34, 3, print(random), 0.35);
  },
  inductor: (p, random) => {
    for (const side of [-1, 1]) solder(p, random, side * 1.85, 0, 0.4, random.range(1.2, 2.4));
    const outer = varied(random, [78, 78, 80], 0.3);
    p.rectangle(0, 0, 4, 4, {
      colour: outer,
      radius: random.range(0.3, 1.2),
      rim: 0.3,
      relief: 0.25,
      mottle: 5,
    });
    if (random.next() < 0.6) {
      // An open drum: the winding's rings between a core and a rim.
      const copper = varied(
        random,
        random.pick<Colour>([
          [150, 96, 58],
          [116, 74, 50],
        ]),
      );
      p.ellipse(0, 0, 3.4, 3.4, { colour: copper, rim: 0.6, relief: 0.4, gloss: 0.4, mottle: 8 });
      p.ellipse(0, 0, 2.3, 2.3, { colour: varied(random, [84, 84, 86]), rim: 0.25, relief: 0.35, mottle: 4 });
    }
    if (random.next() < 0.7) p.marking(0, 0, 0.9, 3, print(random), 0.7);
  },
  crystal: (p, random) => {
    const frame = varied(random, [150, 132, 92]);
    p.rectangle(0, 0, 3.2, 2.5, { colour: frame, radius: 0.2, rim: 0.1, relief: 0.2 });
    const lid = varied(random, [176, 176, 174]);
    p.rectangle(0, 0, 2.8, 2.1, {
      colour: lid,
      radius: 0.3,
      rim: 0.18,
      relief: 0.35,
      sheen: 0.4,
      gloss: 0.2,
    });
    p.marking(0, 0, 0.5, 5, [86, 86, 88], 0.7);
  },
  diode: (p, random) => {
    for (const side of [-1, 1]) solder(p, random, side * 1.75, 0, random.range(0.6, 0.9), 1.1);
    p.rectangle(0, 0, 3.8, 0.9, tin(random));
    p.rectangle(0, 0, 2.7, 1.6, moulded(random));
    p.rectangle(-1.0, 0, 0.3, 1.5, { colour: print(random), opacity: 0.85 });
    p.marking(0.3, 0, 0.55, 2, print(random), 0.4);
  },
};
