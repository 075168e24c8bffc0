import type { Colour, Painter, ShapeStyle } from './painter.js';
import type { Random } from './random.js';

/** A colour with its brightness varied by up to `spread`, as a share. */
export function varied(random: Random, [r, g, b]: Colour, spread = 0.12): Colour {
  const f = 1 + random.range(-spread, spread);
  return [r * f, g * f, b * f];
}

export const black = (random: Random): Colour =>
  varied(
    random,
    random.pick<Colour>([
      [22, 22, 24],
      [30, 27, 23],
      [42, 42, 44],
    ]),
    0.3,
  );
export const print = (random: Random): Colour => varied(random, [178, 178, 172], 0.2);

/** Tinned metal: mid grey with broken reflections up to burnt out. */
export const tin = (random: Random): ShapeStyle => ({
  colour: varied(random, [158, 156, 150], 0.18),
  radius: 0.06,
  rim: 0.12,
  relief: 0.35,
  sheen: 0.3,
  gloss: random.range(0.35, 0.9),
  mottle: 5,
});

/** A black moulded body. */
export const moulded = (random: Random): ShapeStyle => ({
  colour: black(random),
  radius: 0.08,
  rim: 0.2,
  relief: random.range(0.25, 0.5),
  sheen: random.range(0.1, 0.4),
  mottle: 4,
});

/** A solder fillet or pad that looks out under a part. */
export function solder(p: Painter, random: Random, cx: number, cy: number, width: number, height: number) {
  p.rectangle(cx, cy, width, height, {
    ...tin(random),
    radius: Math.min(width, height) * 0.35,
    rim: Math.min(width, height) * 0.4,
    relief: 0.6,
    gloss: random.range(0.6, 1),
  });
}

/** Two end caps around a body; half of them soldered down, the other half bare. */
export function chip(p: Painter, random: Random, body: Colour, capMm: number, relief: number) {
  const height = random.range(0.68, 0.86);
  if (random.next() < 0.6) {
    const fillet = random.range(0.15, 0.38);
    for (const side of [-1, 1])
      solder(p, random, side * 0.75, 0, 2 * (fillet + 0.05), height + random.range(0, 0.2));
  }
  for (const side of [-1, 1]) p.rectangle(side * (0.8 - capMm / 2), 0, capMm, height, tin(random));
  p.rectangle(0, 0, 1.6 - 2 * capMm, height - 0.04, {
    colour: body,
    rim: 0.1,
    relief,
    sheen: 0.2,
    mottle: 3,
  });
}

/** Leads on the upper and lower side at the given places, with solder under their feet. */
export function leads(
  p: Painter,
  random: Random,
  upper: number[],
  lower: number[],
  y: number,
  size: [number, number],
) {
  const soldered = random.next() < 0.6;
  const [width, height] = size;
  for (const [side, places] of [
    [-1, upper],
    [1, lower],
  ] as const) {
    for (const x of places) {
      if (soldered) solder(p, random, x, side * (y + 0.15), width * 1.5, height * 0.8);
      p.rectangle(x, side * y, width, height, tin(random));
    }
  }
}
