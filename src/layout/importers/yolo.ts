import { UserError } from '../../errors.js';
import type { Point } from '../../geometry/index.js';
import { MAX_SITES } from '../schema.js';
import { coordinate } from './coordinate.js';
import type { ImportedSite, Importer, ImporterInput } from './imported.js';
import { siteNames } from './siteNames.js';
import { startOf } from './startOf.js';
import { textLines } from './textLines.js';

/** Class number, four shares of the picture, sometimes a score. */
const BOX = /^\d+(\s+[-+.\de]+){4,5}$/i;
/** Boxes may reach over the edge of a picture by what rounding does. */
const SLACK = 0.01;

/** Whether a file is a YOLO label file: its first line that is neither comment nor names is a box. */
export function looksLikeYolo(input: ImporterInput): boolean {
  for (const line of startOf(input).split('\n')) {
    const text = line.trim();
    if (text === '' || text.startsWith('#') || /^(names|classes)\s*:/i.test(text)) continue;
    const [, ...shares] = text.split(/\s+/);
    return BOX.test(text) && shares.every((word) => Math.abs(Number(word)) <= 1 + SLACK);
  }
  return false;
}

/**
 * Reads YOLO label files: one box a line as class number, then middle and size as shares of the picture. Names of the
 * classes are taken from a line `# classes: resistor, ic` or `names: [resistor, ic]`. With a line
 * `# size: 4000 3000` the layout is in pixels; without, its unit is unknown: x is a share of the picture's width, y one of
 * its height.
 * @throws UserError naming the line
 */
export const yolo: Importer = (input) => {
  let classes: string[] = [];
  let size: Point | null = null;
  const boxes: { number: number; line: number; shares: number[] }[] = [];
  for (const { text, number: line } of textLines(input)) {
    const where = `${input.name}: line ${line}`;
    const names = /^#?\s*(?:names|classes)\s*:\s*(.*)$/i.exec(text);
    const pixels = /^#\s*size\s*:\s*(\S+)\s+(\S+)$/i.exec(text);
    if (names) classes = namesOf(names[1]!);
    else if (pixels) size = [side(pixels[1], where), side(pixels[2], where)];
    else if (!text.startsWith('#')) boxes.push(readBox(text, line, where));
    if (boxes.length > MAX_SITES)
      throw new UserError(`${where}: expected at most ${MAX_SITES} boxes, got more`);
  }
  const names = siteNames();
  const [across, down] = size ?? [1, 1];
  const sites = boxes.map(({ number, line, shares }): ImportedSite => {
    const where = `${input.name}: line ${line}`;
    if (classes.length > 0 && number >= classes.length) {
      throw new UserError(`${where}: expected a class below ${classes.length}, got ${number}`);
    }
    const label = classes[number]?.toLowerCase() || null;
    const [x, y, width, height] = shares as [number, number, number, number];
    const [left, right] = [(x - width / 2) * across, (x + width / 2) * across];
    const [top, bottom] = [(y - height / 2) * down, (y + height / 2) * down];
    return {
      id: names.next(null, label ?? `class-${number}`, where),
      label,
      side: null,
      at: [x * across, y * down],
      rotation: null,
      body: [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ],
      expected: 'fitted',
      part: null,
    };
  });
  return {
    kind: 'yolo',
    name: null,
    unit: size ? 'px' : null,
    ...(size && { picture: { width: across, height: down, side: null } }),
    outline: null,
    sites,
    lacks: [
      'outline',
      'side',
      'scale',
      ...(classes.length > 0 ? [] : (['labels'] as const)),
      'rotation',
      'do-not-populate',
    ],
    remarks: [
      ...(size ? [] : ['Places are shares of a picture: the layout fits the photo that it was drawn over.']),
      ...(classes.length > 0
        ? []
        : ['Classes have numbers and no names: add a line "# classes: …" to the file.']),
      ...names.remarks(),
    ],
  };
};

/** `a, b`, `[a, 'b']` and `a b`. */
function namesOf(text: string): string[] {
  const inside = text.trim().replace(/^\[|\]$/g, '');
  const words = inside.includes(',') ? inside.split(',') : inside.split(/\s+/);
  return words
    .map((word) =>
      word
        .trim()
        .replace(/^(['"])(.*)\1$/, '$2')
        .slice(0, 200),
    )
    .filter((word) => word !== '');
}

function side(word: string | undefined, where: string): number {
  const value = coordinate(word, 'the size of the picture', where);
  if (!(value > 0 && value <= 100_000)) {
    throw new UserError(`${where}: expected a size from 1 to 100000 pixels, got "${word}"`);
  }
  return value;
}

function readBox(text: string, line: number, where: string) {
  if (!BOX.test(text)) {
    throw new UserError(
      `${where}: expected a class number and four shares, got "${text.slice(0, 60)}"`,
      'Label files of outlines, key points or turned boxes are not read: export upright boxes.',
    );
  }
  const [number, ...rest] = text.split(/\s+/) as [string, ...string[]];
  const shares = rest.slice(0, 4).map((word) => coordinate(word, 'a share of the picture', where));
  if (
    !shares.every((share) => share >= -SLACK && share <= 1 + SLACK) ||
    !(shares[2]! > 0 && shares[3]! > 0)
  ) {
    throw new UserError(
      `${where}: expected shares from 0 to 1 with a size above 0, got ${rest.slice(0, 4).join(' ')}`,
    );
  }
  return { number: coordinate(number, 'a class number', where), line, shares };
}
