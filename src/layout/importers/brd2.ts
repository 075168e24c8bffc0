import { UserError } from '../../errors.js';
import { boundingBox, boxCorners, type Point } from '../../geometry/index.js';
import { boardviewLayout, MAX_OUTLINE, MAX_PINS } from './boardview.js';
import { coordinate } from './coordinate.js';
import type { Importer, ImporterInput } from './imported.js';
import { startOf } from './startOf.js';
import { textLines } from './textLines.js';

const SECTIONS = ['BRDOUT', 'NETS', 'PARTS', 'PINS', 'NAILS'] as const;
type Section = (typeof SECTIONS)[number];

/** What the file holds, in its own axes: y up, but for the bottom side y down from the top of the board. */
interface Board {
  height: number;
  outline: Point[];
  parts: {
    line: number;
    name: string;
    /** Opposite corners of its box. */
    corners: [Point, Point];
    /** Index of its first pin; its last one is before the first one of the next part. */
    firstPin: number;
    side: 'top' | 'bottom' | null;
  }[];
  pins: { at: Point; side: number }[];
}

/** Whether a file is a boardview in BRD2 text: `BRDOUT:` and what follows it begin lines. */
export function looksLikeBrd2(input: ImporterInput): boolean {
  const start = startOf(input);
  // Blanks only: `\s` would run through all empty lines that follow, from each of them.
  return /^[ \t]*BRDOUT:/m.test(start) && /^[ \t]*(NETS|PARTS):/m.test(start);
}

/**
 * Reads BRD2 boardviews: `BRDOUT:` (count, width, height; then the outline), `NETS:`, `PARTS:` (name, two corners, first
 * pin, side), `PINS:` (x, y, net, side), `NAILS:`; all in thousandths of an inch.
 * @throws UserError naming the line when a section is cut off or a line is not what its section holds
 */
export const brd2: Importer = (input) => {
  const { height, outline, parts, pins } = read(input);
  const flip = ([x, y]: Point): Point => [x, height - y];
  return boardviewLayout(
    'brd2',
    parts.map(({ line, name, corners, firstPin, side }, k) => {
      const where = `${input.name}: line ${line}`;
      const end = parts[k + 1]?.firstPin ?? pins.length;
      if (firstPin > end || end > pins.length) {
        throw new UserError(
          `${where}: expected the pins of "${name}" within ${pins.length} and in order, got ${firstPin} to ${end}`,
        );
      }
      const own = pins.slice(firstPin, end);
      const box = boundingBox(side === 'bottom' ? corners.map(flip) : corners);
      return {
        name,
        side,
        pins: own.map((pin) => ({ at: pin.side === 1 ? pin.at : flip(pin.at), radius: null })),
        // The box is not taken where there are pins: exporters let it reach around the part's lettering.
        body: own.length === 0 && box.width > 0 && box.height > 0 ? boxCorners(box) : null,
        origin: [box.x + box.width / 2, box.y + box.height / 2],
        where,
      };
    }),
    outline,
  );
};

function read(input: ImporterInput): Board {
  const board: Board = { height: 0, outline: [], parts: [], pins: [] };
  const seen = new Set<Section>();
  let section: Section | null = null;
  let declared = 0;
  let count = 0;
  const close = (where: string) => {
    // Nets and nails are not read, so their numbers do not matter.
    if (section === null || section === 'NETS' || section === 'NAILS' || count === declared) return;
    throw new UserError(
      `${where}: expected ${declared} lines under ${section}:, got ${count}`,
      'The file was cut off or altered: export it again.',
    );
  };
  for (const { text, number } of textLines(input)) {
    const where = `${input.name}: line ${number}`;
    const head = /^(BRDOUT|NETS|PARTS|PINS|NAILS):(.*)$/.exec(text);
    if (head) {
      close(where);
      section = head[1] as Section;
      if (seen.has(section)) throw new UserError(`${where}: expected ${section}: once, got it again`);
      seen.add(section);
      const words = head[2]!.trim().split(/\s+/);
      declared = whole(words[0], 'a number of lines', where);
      const most = section === 'BRDOUT' ? MAX_OUTLINE : MAX_PINS;
      if (declared > most) throw new UserError(`${where}: expected at most ${most} lines, got ${declared}`);
      count = 0;
      if (section === 'BRDOUT') board.height = coordinate(words[2], 'the height of the board', where);
    } else if (section !== null) {
      count++;
      if (count <= declared) readLine(board, section, text.split(/\s+/), number, where);
    }
  }
  close(`${input.name}: end of file`);
  for (const needed of ['BRDOUT', 'PARTS', 'PINS'] as const) {
    if (!seen.has(needed)) throw new UserError(`${input.name}: expected a section ${needed}:, got none`);
  }
  return board;
}

function readLine(board: Board, section: Section, words: string[], line: number, where: string): void {
  const point = (k: number): Point => [
    coordinate(words[k], 'x', where),
    coordinate(words[k + 1], 'y', where),
  ];
  if (section === 'BRDOUT') board.outline.push(point(0));
  if (section === 'PINS') board.pins.push({ at: point(0), side: whole(words[3], 'a side', where) });
  if (section === 'PARTS') {
    const side = whole(words[6], 'a side', where);
    board.parts.push({
      line,
      name: words[0]!,
      corners: [point(1), point(3)],
      firstPin: whole(words[5], 'the first pin', where),
      side: side === 1 ? 'top' : side === 2 ? 'bottom' : null,
    });
  }
}

function whole(word: string | undefined, what: string, where: string): number {
  const value = coordinate(word, what, where);
  if (!Number.isInteger(value) || value < 0) {
    throw new UserError(`${where}: expected ${what} as a whole number from 0, got "${word}"`);
  }
  return value;
}
