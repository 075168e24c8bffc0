import { UserError } from '../../errors.js';
import type { Point } from '../../geometry/index.js';
import { type BoardviewPart, boardviewLayout, MAX_OUTLINE, MAX_PINS } from './boardview.js';
import { coordinate } from './coordinate.js';
import type { ImportedLayout, ImporterInput } from './imported.js';
import { textLines } from './textLines.js';

const MILS_PER_INCH = 1000;

/**
 * Reads `BVRAW_FORMAT_1`: `<<Layout>>` with the outline, `<<Pin>>` with one pin a line (part, side as `(T)`, number,
 * name, x, y, layer, net), `<<Nail>>`, each followed by a line of headings. Inches.
 * @throws UserError naming the line
 */
export function readBvr1(input: ImporterInput): ImportedLayout {
  const outline: Point[] = [];
  const parts: BoardviewPart[] = [];
  let section = '';
  let headings = false;
  let pins = 0;
  for (const { text, number } of textLines(input)) {
    const where = `${input.name}: line ${number}`;
    if (/^<<.*>>$/.test(text)) {
      section = text;
      headings = true;
    } else if (headings) {
      headings = false;
    } else if (section === '<<Layout>>') {
      const words = text.split(/[\s,]+/);
      outline.push([mils(words[0], 'x', where), mils(words[1], 'y', where)]);
      if (outline.length > MAX_OUTLINE) {
        throw new UserError(`${where}: expected at most ${MAX_OUTLINE} corners, got more`);
      }
    } else if (section === '<<Pin>>') {
      pins++;
      if (pins > MAX_PINS) throw new UserError(`${where}: expected at most ${MAX_PINS} pins, got more`);
      // With tabs a name may hold blanks, or be missing.
      const words = text.includes('\t') ? text.split('\t').map((word) => word.trim()) : text.split(/\s+/);
      if (words.length < 6) {
        throw new UserError(
          `${where}: expected part, side, number, name, x and y, got ${words.length} words`,
        );
      }
      const [name, side] = words as [string, string];
      let part = parts.at(-1);
      if (part?.name !== name) {
        part = { name, side: sideOf(side), pins: [], body: null, origin: null, where };
        parts.push(part);
      }
      part.pins.push({ at: [mils(words[4], 'x', where), mils(words[5], 'y', where)], radius: null });
    }
  }
  if (parts.length === 0) throw new UserError(`${input.name}: expected pins under <<Pin>>, got none`);
  return boardviewLayout('bvr', parts, outline);
}

function mils(word: string | undefined, what: string, where: string): number {
  return coordinate(word, what, where) * MILS_PER_INCH;
}

function sideOf(word: string): 'top' | 'bottom' | null {
  if (word === '(T)') return 'top';
  return word === '(B)' ? 'bottom' : null;
}
