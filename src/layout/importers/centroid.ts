import { UserError } from '../../errors.js';
import { boxCorners, type Point } from '../../geometry/index.js';
import { EXPECTATIONS, type Expectation, type Lack } from '../schema.js';
import { boardFeatureRemarks, isBoardFeature } from './boardFeature.js';
import { type CentroidColumn, type CentroidHead, centroidHead, UNITS } from './centroidColumns.js';
import { coordinate } from './coordinate.js';
import type { ImportedSite, Importer, ImporterInput } from './imported.js';
import { nanometres, turnedAround } from './nanometres.js';
import { ownRotation } from './ownRotation.js';
import { packageSize } from './packageSize.js';
import { referenceClass } from './referenceClass.js';
import { siteNames } from './siteNames.js';
import { startOf } from './startOf.js';
import { type Separator, type TableRow, tableRows } from './tableRows.js';
import { textOf } from './textOf.js';

/** Lines that may stand before the head. */
const MAX_PREAMBLE = 200;
const SEPARATORS: readonly Separator[] = ['\t', ';', ',', 'blanks'];
/** No board is larger, in millimetres; numbers without a unit that spread further are thousandths of an inch. */
const LARGEST_BOARD = 1_200;

/** Whether a file has a head of a placement file among its first lines. */
export function looksLikeCentroid(input: ImporterInput): boolean {
  // Only the beginning is read: a file that is something else may be large.
  const bytes = input.bytes.subarray(0, 64 * 2 ** 10);
  if (/^\s*[<{(]/.test(startOf(input))) return false;
  try {
    return findHead(textOf({ name: input.name, bytes }), input.name) !== null;
  } catch {
    return false;
  }
}

/**
 * Reads placement files (centroid, pick-and-place) as KiCad, Altium, EasyEDA and OpenPnP write them: any separator,
 * columns in any order, units in head, cell or preamble, decimal commas. Bodies are guessed from names of packages.
 * Rotations on the bottom are taken as seen from below, as the trade has them; KiCad's own files, told by their columns
 * PosX and PosY, count them through the top.
 * @throws UserError naming the line of what is wrong
 */
export const centroid: Importer = (input) => {
  const text = textOf(input);
  const found = findHead(text, input.name);
  if (!found) {
    throw new UserError(
      `${input.name}: expected a head that names designator, x and y in the first ${MAX_PREAMBLE} lines, got none`,
      'Columns are known by names like Designator, Mid X, Mid Y, Layer, Rotation.',
    );
  }
  const { head, separator, line, preamble } = found;
  const rows: Row[] = [];
  for (const row of tableRows(text, separator, input.name)) {
    if (row.line <= line || /^\s*(#|\/\/)/.test(row.text)) continue;
    rows.push(readRow(separator === 'blanks' ? aligned(row, found, input.name) : row, head, input.name));
  }
  const remarks: string[] = [];
  const fallback = unitOf(head, preamble, rows, remarks);
  const known = /\bside\s*[:=]\s*(top|bottom)/i.exec(preamble)?.[1]?.toLowerCase() as
    | 'top'
    | 'bottom'
    | undefined;
  const places = rows.map((row) => ({
    ...row,
    side: row.side ?? known ?? null,
    rotation:
      row.rotation === null
        ? null
        : ownRotation(row.rotation, head.throughTop && (row.side ?? known) === 'bottom'),
    x: row.x * (row.unit ?? fallback),
    y: row.y * (row.unit ?? fallback),
  }));
  if (mirrored(places)) {
    for (const place of places) if (place.side === 'bottom') place.x = 0 - place.x;
    remarks.push('X of the bottom side is below zero throughout: it was taken as negated and turned back.');
  }
  const parts = places.filter(
    (row) =>
      row.class !== '' || !isBoardFeature({ reference: row.designator, footprint: row.package, pads: null }),
  );
  remarks.push(...boardFeatureRemarks(places.length - parts.length));
  const names = siteNames();
  const sites = parts.map((row): ImportedSite => {
    const label = row.class || referenceClass(row.designator, row.package);
    const at: Point = [nanometres(row.x), nanometres(0 - row.y)];
    return {
      id: names.next(row.designator, label, row.where),
      label,
      side: row.side,
      at,
      rotation: row.rotation,
      body: guessedBody(at, row),
      expected: row.expected,
      part: (row.value || row.package).slice(0, 500) || null,
    };
  });
  const unsized = sites.filter(({ body }) => body === null).length;
  remarks.push('Sizes are guessed from names of packages: the file has none.');
  if (unsized > 0) remarks.push(`${unsized} parts have a package of unknown size.`);
  const sideless = sites.filter(({ side }) => side === null).length;
  if (sideless > 0 && sideless < sites.length) remarks.push(`${sideless} parts have no side that is known.`);
  const lacks: Lack[] = ['outline', 'body-size'];
  if (sideless > 0) lacks.push('side');
  if (head.columns.rotation === undefined) lacks.push('rotation');
  if (head.columns.notFitted === undefined && head.columns.fitted === undefined)
    lacks.push('do-not-populate');
  return {
    kind: 'centroid',
    name: null,
    unit: 'mm',
    outline: null,
    sites,
    lacks,
    remarks: [...remarks, ...names.remarks()],
  };
};

interface Row {
  designator: string;
  /** In the file's unit, y up. */
  x: number;
  y: number;
  /** Millimetres that one of its own unit has; null where the cell names none. */
  unit: number | null;
  rotation: number | null;
  side: 'top' | 'bottom' | null;
  value: string;
  package: string;
  class: string;
  expected: Expectation;
  where: string;
}

interface Found {
  head: CentroidHead;
  separator: Separator;
  /** Of the head. */
  line: number;
  /** Text of the head, and what stands before it. */
  text: string;
  cells: string[];
  preamble: string;
}

function findHead(text: string, name: string): Found | null {
  for (const separator of SEPARATORS) {
    const before: string[] = [];
    try {
      for (const row of tableRows(text, separator, name)) {
        if (row.line > MAX_PREAMBLE) break;
        // "Mid X" is one column: where blanks align, two of them part columns.
        const choices = separator === 'blanks' ? [byTwoBlanks(row.text), row.cells] : [row.cells];
        for (const cells of choices) {
          const head = centroidHead(cells);
          if (head)
            return { head, separator, line: row.line, text: row.text, cells, preamble: before.join('\n') };
        }
        before.push(row.text);
      }
    } catch (error) {
      // A preamble may have a lone quote; another separator may still fit.
      if (!(error instanceof UserError)) throw error;
    }
  }
  return null;
}

function byTwoBlanks(text: string): string[] {
  return text
    .replace(/^#\s*/, '')
    .trim()
    .split(/\s{2,}|\t/);
}

/** Cells of a row whose columns are aligned by blanks, as many as the head has. */
function aligned(row: TableRow, { cells, text }: Found, name: string): TableRow {
  // The mark before KiCad's head is no column.
  const count = cells.filter((cell) => cell !== '#').length;
  const plain = row.cells;
  const wide = byTwoBlanks(row.text);
  const fit = [plain, wide].find((one) => one.length === count);
  if (fit) return { ...row, cells: cells[0] === '#' ? ['#', ...fit] : fit };
  // Values with blanks in them: columns begin where the head's do.
  const starts: number[] = [];
  let at = 0;
  for (const cell of cells) {
    at = text.indexOf(cell, at);
    starts.push(at);
    at += cell.length;
  }
  const cut = starts.map((from, k) =>
    row.text
      .slice(k === 0 ? 0 : from, starts[k + 1])
      .trim()
      .replace(/^"|"$/g, ''),
  );
  if (starts.every((start, k) => k === 0 || !/\S\S/.test(row.text.slice(start - 1, start + 1))))
    return { ...row, cells: cut };
  throw new UserError(
    `${name}: line ${row.line}: expected ${count} columns as the head has, got ${plain.length}`,
    'Export the file with commas between columns.',
  );
}

function readRow({ cells, line }: TableRow, { columns }: CentroidHead, name: string): Row {
  const where = `${name}: line ${line}`;
  const cell = (column: CentroidColumn) => {
    const at = columns[column];
    return at === undefined ? undefined : cells[at]?.trim();
  };
  const x = quantity(cell('x'), 'x', where);
  const y = quantity(cell('y'), 'y', where);
  const rotation = cell('rotation')
    ?.replace(/(°|deg)$/i, '')
    .trimEnd();
  const told = EXPECTATIONS.find((one) => one === cell('expected'));
  const notFitted = /^(1|y|yes|true|x|dnp|dnf|dni)$/i.test(cell('notFitted') ?? '');
  const unfitted = /^(0|n|no|false|not fitted|dnp)$/i.test(cell('fitted') ?? '');
  return {
    designator: cell('designator') ?? '',
    x: x.value,
    y: y.value,
    unit: x.unit,
    rotation: rotation ? coordinate(decimal(rotation), 'a rotation', where) : null,
    side: sideOf(cell('side')),
    value: cell('value') ?? '',
    package: cell('package') ?? '',
    class: (cell('class') ?? '').slice(0, 200).toLowerCase(),
    expected: notFitted || unfitted ? 'empty' : (told ?? 'fitted'),
    where,
  };
}

/** A number with or without its unit: "10.5mm", "1250mil", "12,5". */
function quantity(
  text: string | undefined,
  what: string,
  where: string,
): { value: number; unit: number | null } {
  const [, number, unit] = /^([^a-z"]*)([a-z"]*)$/i.exec(text ?? '') ?? [];
  const scale = unit ? UNITS[unit.toLowerCase()] : null;
  // "1e5" ends in no unit, and "NaN" is no number: both come out as they are.
  if (scale === undefined || !number) return { value: coordinate(text, what, where), unit: null };
  return { value: coordinate(decimal(number), what, where), unit: scale };
}

function decimal(text: string): string {
  return /^\s*[+-]?\d*,\d+\s*$/.test(text) ? text.replace(',', '.') : text;
}

function sideOf(text: string | undefined): 'top' | 'bottom' | null {
  const word = text?.toLowerCase().replace(/[^a-z]/g, '') ?? '';
  if (/^(t|top|toplayer|topside|f|fcu|front|component|componentside)$/.test(word)) return 'top';
  if (/^(b|bot|bottom|bottomlayer|bottomside|bcu|back|solder|solderside)$/.test(word)) return 'bottom';
  return null;
}

/** Millimetres a unit of numbers that have none of their own. */
function unitOf(head: CentroidHead, preamble: string, rows: readonly Row[], remarks: string[]): number {
  if (head.unit) return UNITS[head.unit]!;
  const named = /\bunits?\b[^\n:=]{0,200}[:=]\s*"?([a-z]+)/i.exec(preamble)?.[1]?.toLowerCase();
  if (named && named in UNITS) return UNITS[named]!;
  const bare = rows.filter(({ unit }) => unit === null);
  if (bare.length === 0) return 1;
  const spread = (values: number[]) =>
    values.reduce((most, value) => Math.max(most, value), -Infinity) -
    values.reduce((least, value) => Math.min(least, value), Infinity);
  const large = Math.max(spread(bare.map(({ x }) => x)), spread(bare.map(({ y }) => y))) > LARGEST_BOARD;
  remarks.push(
    large
      ? 'The file names no unit; its numbers are too large for millimetres and were taken as thousandths of an inch.'
      : 'The file names no unit: millimetres were assumed.',
  );
  return large ? UNITS['mil']! : 1;
}

/** Whether X of the bottom side is negated, as some tools write it: below zero there and not on the top. */
function mirrored(places: readonly { side: 'top' | 'bottom' | null; x: number }[]): boolean {
  const bottom = places.filter(({ side }) => side === 'bottom');
  const top = places.filter(({ side }) => side === 'top');
  return (
    bottom.length > 0 && bottom.every(({ x }) => x < 0) && !(top.length > 0 && top.every(({ x }) => x < 0))
  );
}

/** Corners of a body of a known package around its middle, millimetres, y down. */
function guessedBody(middle: Point, { package: name, rotation, side }: Row): readonly Point[] | null {
  const size = packageSize(name);
  if (!size) return null;
  const [width, height] = size;
  // Seen through the top side, a part on the bottom turns the other way; half a turn more does nothing to a box.
  const turn = ((side === 'bottom' ? -1 : 1) * (rotation ?? 0) * Math.PI) / 180;
  const corners = boxCorners({ x: -width / 2, y: -height / 2, width, height });
  return corners.map((corner) => turnedAround(middle, corner, turn));
}
