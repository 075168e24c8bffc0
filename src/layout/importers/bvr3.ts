import { UserError } from '../../errors.js';
import type { Point } from '../../geometry/index.js';
import { type BoardviewPart, boardviewLayout, MAX_OUTLINE, MAX_PINS } from './boardview.js';
import { coordinate } from './coordinate.js';
import type { ImportedLayout, ImporterInput } from './imported.js';
import { largestLoop } from './largestLoop.js';
import { textLines } from './textLines.js';

type OpenPart = BoardviewPart & { shape: Point[] };

/**
 * Reads `BVRAW_FORMAT_3`: `PART_NAME` … `PART_END` with `PIN_ID` … `PIN_END` in it, and `OUTLINE_POINTS` or
 * `OUTLINE_SEGMENTED`. Thousandths of an inch, y up, both sides as seen through the top.
 * @throws UserError naming the line
 */
export function readBvr3(input: ImporterInput): ImportedLayout {
  const parts: OpenPart[] = [];
  let outline: Point[] = [];
  let part: OpenPart | null = null;
  let pin: { at: Point | null; radius: number | null } = { at: null, radius: null };
  let pins = 0;
  for (const { text, number } of textLines(input)) {
    const where = `${input.name}: line ${number}`;
    const [key, ...words] = text.split(/\s+/) as [string, ...string[]];
    const open = (): OpenPart => {
      if (!part) throw new UserError(`${where}: expected ${key} between PART_NAME and PART_END`);
      return part;
    };
    switch (key) {
      case 'PART_NAME':
        if (part) throw new UserError(`${where}: expected PART_END of "${part.name}", got another PART_NAME`);
        part = { name: words.join(' '), side: null, pins: [], body: null, origin: null, where, shape: [] };
        pin = { at: null, radius: null };
        break;
      case 'PART_SIDE':
        open().side = words[0] === 'T' ? 'top' : words[0] === 'B' ? 'bottom' : null;
        break;
      case 'PART_ORIGIN':
        open().origin = points(words, 1, where)[0]!;
        break;
      case 'PART_OUTLINE_RELATIVE':
        open().shape = points(words, MAX_OUTLINE, where);
        break;
      case 'PIN_ORIGIN':
        open();
        pin.at = points(words, 1, where)[0]!;
        break;
      case 'PIN_RADIUS':
        open();
        pin.radius = Math.max(0, coordinate(words[0], 'a radius', where));
        break;
      case 'PIN_END':
        if (!pin.at) throw new UserError(`${where}: expected PIN_ORIGIN before PIN_END, got none`);
        if (++pins > MAX_PINS) throw new UserError(`${where}: expected at most ${MAX_PINS} pins, got more`);
        open().pins.push({ at: pin.at, radius: pin.radius });
        pin = { at: null, radius: null };
        break;
      case 'PART_END':
        parts.push(open());
        part = null;
        break;
      case 'OUTLINE_POINTS':
        outline = points(words, MAX_OUTLINE, where);
        break;
      case 'OUTLINE_SEGMENTED':
        outline = largestLoop(points(words, MAX_OUTLINE, where));
        break;
    }
  }
  if (part) {
    throw new UserError(
      `${input.name}: end of file: expected PART_END of "${(part as OpenPart).name}", got none`,
      'The file was cut off: export it again.',
    );
  }
  if (parts.length === 0) throw new UserError(`${input.name}: expected parts, got no PART_NAME`);
  return boardviewLayout('bvr', settled(parts), outline);
}

/**
 * Some programs give pins from the part's origin, others from the board's. A file is taken as what brings its pins
 * nearer to their parts' origins.
 */
function settled(parts: readonly OpenPart[]): BoardviewPart[] {
  let fromPart = 0;
  let fromBoard = 0;
  for (const { pins, origin } of parts) {
    const [ox, oy] = origin ?? [0, 0];
    for (const { at } of pins) {
      fromPart += Math.hypot(at[0], at[1]);
      fromBoard += Math.hypot(at[0] - ox, at[1] - oy);
    }
  }
  const relative = fromPart < fromBoard;
  return parts.map(({ shape, ...part }) => {
    const [ox, oy] = part.origin ?? [0, 0];
    const moved = ([x, y]: Point): Point => [x + ox, y + oy];
    return {
      ...part,
      pins: relative ? part.pins.map(({ at, radius }) => ({ at: moved(at), radius })) : part.pins,
      body: bodyOf(shape.map(moved)),
    };
  });
}

/** Two points are opposite corners of a box. */
function bodyOf(shape: readonly Point[]): readonly Point[] | null {
  if (shape.length > 2) return shape;
  if (shape.length < 2) return null;
  const [[ax, ay], [bx, by]] = shape as [Point, Point];
  return ax === bx || ay === by
    ? null
    : [
        [ax, ay],
        [bx, ay],
        [bx, by],
        [ax, by],
      ];
}

function points(words: readonly string[], most: number, where: string): Point[] {
  if (words.length === 0 || words.length % 2 !== 0 || words.length > 2 * most) {
    throw new UserError(
      `${where}: expected pairs of coordinates, at most ${most}, got ${words.length} numbers`,
    );
  }
  const result: Point[] = [];
  for (let k = 0; k < words.length; k += 2) {
    result.push([coordinate(words[k], 'x', where), coordinate(words[k + 1], 'y', where)]);
  }
  return result;
}
