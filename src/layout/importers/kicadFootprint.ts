import { type Box, boundingBox, boxCenter, boxCorners, type Point } from '../../geometry/index.js';
import type { Expectation } from '../schema.js';
import { isBoardFeature } from './boardFeature.js';
import { coordinate } from './coordinate.js';
import { Extent } from './extent.js';
import type { KicadLayers } from './kicadLayers.js';
import { kicadPoint, kicadShape } from './kicadShape.js';
import { nanometres, turnedAround } from './nanometres.js';
import { ownRotation } from './ownRotation.js';
import { listOf, type SList, wordAt } from './sExpressions.js';

/** A footprint on the board, in the file's millimetres, y down. */
export interface KicadFootprint {
  reference: string;
  /** Name with its library. */
  footprint: string;
  value: string;
  side: 'top' | 'bottom';
  /** Middle of the body, or where the footprint is when it has none. */
  at: Point;
  /** Degrees counter-clockwise as seen from its own side. */
  rotation: number;
  body: Point[] | null;
  /** Null for what is no part: bare copper, holes, print. */
  expected: Expectation | null;
  /** Whether it is empty by its attribute, or by a word in its value. */
  emptyBy: 'attribute' | 'value' | null;
  /** What it adds to the board's outline. */
  edges: Point[][];
  line: number;
}

/** What a value says in the trade's words where a part is not fitted; "NA" is how Olimex writes "not assembled". */
const NOT_FITTED =
  /(^|[^a-z0-9])(dnp|dni|dnf|dnm|do[ _-]?not[ _-]?(populate|place|fit|mount|install)|not[ _-]?(fitted|populated|mounted|assembled))($|[^a-z0-9])|^\(?na($|[(/ ])/i;

/** A body smaller than this share of what its pads cover is a mark, not a body; larger than the next, a drawing. */
const LEAST_OF_PADS = 0.15;
const MOST_OF_COURTYARD = 4;

/**
 * Reads `(footprint …)` or, before KiCad 6, `(module …)`.
 * @param file its name, for messages
 * @param layers of its board
 * @throws UserError naming the line of a number that is none
 */
export function kicadFootprint(list: SList, file: string, { bottom, copper }: KicadLayers): KicadFootprint {
  const where = `${file}: line ${list.line}`;
  const place = listOf(list, 'at');
  const origin = kicadPoint(place, where);
  const angle = wordAt(place, 3) === undefined ? 0 : coordinate(wordAt(place, 3), 'an angle', where);
  const side = wordAt(listOf(list, 'layer'), 1) === bottom ? 'bottom' : 'top';
  const flank = side === 'bottom' ? 'B' : 'F';
  const turn = (angle * Math.PI) / 180;
  const onBoard = (place: Point): Point => turnedAround(origin, place, turn);
  const extents = { fab: new Extent(), courtyard: new Extent(), pads: new Extent() };
  const edges: Point[][] = [];
  let pads = 0;
  for (const item of list.items) {
    if (typeof item === 'string') continue;
    const head = wordAt(item, 0) ?? '';
    if (head === 'pad') {
      const on = listOf(item, 'layers')?.items ?? [];
      // Holes without copper hold screws and pegs.
      if (wordAt(item, 2) !== 'np_thru_hole' && on.some((layer) => copper(String(layer)))) pads++;
      addPad(extents.pads, item, angle, file);
    } else if (head.startsWith('fp_') && !head.startsWith('fp_text')) {
      const layer = wordAt(listOf(item, 'layer'), 1);
      const extent =
        layer === `${flank}.Fab` ? extents.fab : layer === `${flank}.CrtYd` ? extents.courtyard : null;
      if (!extent && layer !== 'Edge.Cuts') continue;
      const points = kicadShape(item, file) ?? [];
      if (extent) for (const point of points) extent.add(point);
      else if (points.length > 1) edges.push(points.map(onBoard));
    }
  }
  const box = bodyOf(extents.fab.box, extents.courtyard.box, extents.pads.box);
  const body = box && boxCorners(box).map(onBoard);
  const reference = textOf(list, 'reference').trim();
  const footprint = wordAt(list, 1) ?? '';
  const value = textOf(list, 'value').trim();
  const attributes = (listOf(list, 'attr')?.items ?? []).filter((item) => typeof item === 'string');
  const emptyBy = attributes.includes('dnp') ? 'attribute' : NOT_FITTED.test(value) ? 'value' : null;
  return {
    reference,
    footprint,
    value,
    side,
    at: body ? boxCenter(boundingBox(body)) : [nanometres(origin[0]), nanometres(origin[1])],
    rotation: ownRotation(angle, side === 'bottom'),
    body,
    expected: isBoardFeature({ reference, footprint, pads })
      ? null
      : expectation(attributes, emptyBy !== null),
    emptyBy,
    edges,
    line: list.line,
  };
}

/** What a footprint with pads expects; null for what is no part. */
function expectation(attributes: string[], empty: boolean): Expectation | null {
  const bom = !attributes.includes('exclude_from_bom');
  const placed = !attributes.includes('exclude_from_pos_files');
  if (attributes.includes('virtual') || attributes.includes('board_only')) return null;
  if (!bom && !placed) return null;
  if (empty) return 'empty';
  // Left out of one list only: soldered by hand, or left unfitted by those who draw for a KiCad without "dnp".
  return bom && placed ? 'fitted' : 'optional';
}

function bodyOf(fab: Box | null, courtyard: Box | null, pads: Box | null): Box | null {
  const area = (box: Box) => box.width * box.height;
  const believable =
    fab &&
    !(pads && area(fab) < LEAST_OF_PADS * area(pads)) &&
    !(courtyard && area(fab) > MOST_OF_COURTYARD * area(courtyard));
  return believable ? fab : (courtyard ?? pads ?? fab);
}

function addPad(extent: Extent, pad: SList, footprintAngle: number, file: string): void {
  const where = `${file}: line ${pad.line}`;
  const place = listOf(pad, 'at');
  const [width, height] = kicadPoint(listOf(pad, 'size'), `${where}: (size width height)`);
  // Angles of pads count from the board, not from their footprint.
  const own = wordAt(place, 3) === undefined ? 0 : coordinate(wordAt(place, 3), 'an angle', where);
  const turn = ((own - footprintAngle) * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  extent.add(
    kicadPoint(place, `${where}: (at x y)`),
    (width * cos + height * sin) / 2,
    (width * sin + height * cos) / 2,
  );
}

/** `(property "Reference" …)` of KiCad 8, `(fp_text reference …)` before. */
function textOf(list: SList, kind: 'reference' | 'value'): string {
  for (const item of list.items) {
    if (typeof item === 'string') continue;
    const [head, what] = [wordAt(item, 0), wordAt(item, 1)];
    if ((head === 'property' && what?.toLowerCase() === kind) || (head === 'fp_text' && what === kind)) {
      return wordAt(item, 2) ?? '';
    }
  }
  return '';
}
