import { UserError } from '../../errors.js';
import { insidePolygon, type Point } from '../../geometry/index.js';
import type { ImportedSite, Importer, ImporterInput } from './imported.js';
import { joinOutline, MAX_EDGE_POINTS } from './joinOutline.js';
import { type KicadFootprint, kicadFootprint } from './kicadFootprint.js';
import { kicadLayers } from './kicadLayers.js';
import { kicadShape } from './kicadShape.js';
import { referenceClass } from './referenceClass.js';
import { listOf, sExpressions, wordAt } from './sExpressions.js';
import { siteNames } from './siteNames.js';
import { someNames } from './someNames.js';
import { startOf } from './startOf.js';
import { textOf } from './textOf.js';

/** A reference takes no more; a board of cut-outs and rounded corners has some hundred. */
const MAX_OUTLINE = 10_000;
/** Footprints, parts and others. */
const MAX_FOOTPRINTS = 50_000;
/** Longest value that a site keeps. */
const MAX_PART = 500;

/** Whether a file is a KiCad board. */
export function looksLikeKicad(input: ImporterInput): boolean {
  return /^(\xef\xbb\xbf)?\s*\(kicad_pcb\s/.test(startOf(input));
}

/**
 * Reads `.kicad_pcb` of KiCad 5 to 9: the outline from Edge.Cuts, and of every footprint with copper its place, body
 * (fabrication drawing, otherwise courtyard, otherwise pads), value and whether it is fitted.
 * @throws UserError naming the line of what is wrong
 */
export const kicad: Importer = (input) => {
  const edges: Point[][] = [];
  let edgePoints = 0;
  let layers = kicadLayers(null);
  let title: string | null = null;
  const footprints: KicadFootprint[] = [];
  const addEdge = (points: Point[] | null, line: number) => {
    if (!points || points.length < 2) return;
    edgePoints += points.length;
    if (edgePoints > MAX_EDGE_POINTS) {
      throw new UserError(
        `${input.name}: line ${line}: expected at most ${MAX_EDGE_POINTS} points of the outline`,
      );
    }
    edges.push(points);
  };
  const wanted = (head: string) =>
    ['footprint', 'module', 'title_block', 'layers'].includes(head) || head.startsWith('gr_');
  for (const list of sExpressions(textOf(input), input.name, 'kicad_pcb', wanted)) {
    const head = wordAt(list, 0)!;
    if (head === 'title_block') title = wordAt(listOf(list, 'title'), 1)?.trim() || null;
    else if (head === 'layers') layers = kicadLayers(list);
    else if (head.startsWith('gr_')) {
      if (wordAt(listOf(list, 'layer'), 1) === 'Edge.Cuts') addEdge(kicadShape(list, input.name), list.line);
    } else {
      if (footprints.length >= MAX_FOOTPRINTS) {
        throw new UserError(
          `${input.name}: line ${list.line}: expected at most ${MAX_FOOTPRINTS} footprints, got more`,
        );
      }
      const footprint = kicadFootprint(list, input.name, layers);
      for (const edge of footprint.edges) addEdge(edge, footprint.line);
      footprints.push(footprint);
    }
  }
  const { polygon, closed } = joinOutline(edges);
  const hasOutline = polygon.length >= 3;
  if (polygon.length > MAX_OUTLINE) {
    throw new UserError(
      `${input.name}: expected an outline of at most ${MAX_OUTLINE} corners, got ${polygon.length}`,
    );
  }
  const parts = footprints.filter(({ expected }) => expected !== null);
  const onBoard = hasOutline ? parts.filter((part) => touches(polygon, part)) : parts;
  const kept = new Set(onBoard);
  const off = parts.filter((part) => !kept.has(part)).map(({ reference }) => reference);
  const names = siteNames();
  const sites = onBoard.map((part): ImportedSite => {
    const label = referenceClass(part.reference, part.footprint);
    return {
      id: names.next(part.reference, label, `${input.name}: line ${part.line}`),
      label,
      side: part.side,
      at: part.at,
      rotation: part.rotation,
      body: part.body,
      expected: part.expected!,
      part: part.value.slice(0, MAX_PART) || null,
    };
  });
  const without = onBoard.filter(({ body }) => body === null).length;
  const count = (by: KicadFootprint['emptyBy']) =>
    onBoard.filter(({ expected, emptyBy }) => expected === 'empty' && emptyBy === by).length;
  const remarks = [
    [
      footprints.length - parts.length,
      'are no parts (bare copper, holes, print, or kept out of the lists) and were left out',
    ],
    [off.length, `lie off the board and were left out: ${someNames(off)}`],
    [count('value'), 'are taken as not fitted, since their value says so ("DNP", "NA" and the like)'],
    [
      sites.filter(({ expected }) => expected === 'optional').length,
      'are kept out of the placement list or the bill of materials and may be fitted or not',
    ],
    [without, 'have neither drawing nor pads of any size: their size is unknown'],
  ] as const;
  return {
    kind: 'kicad',
    name: title?.slice(0, 200) ?? null,
    unit: 'mm',
    outline: hasOutline ? polygon : null,
    sites,
    lacks: [
      ...(hasOutline ? [] : (['outline'] as const)),
      ...(without > 0 ? (['body-size'] as const) : []),
      ...(sites.some(({ expected }) => expected === 'empty') ? [] : (['do-not-populate'] as const)),
    ],
    remarks: [
      ...(hasOutline && !closed
        ? ['The outline on Edge.Cuts has gaps; they were closed with straight lines.']
        : []),
      ...remarks.flatMap(([many, what]) => (many > 0 ? [`${many} footprints ${what}.`] : [])),
      ...names.remarks(),
    ],
  };
};

/** Whether a part is on the board, if only with a corner: connectors reach over the edge. */
function touches(outline: readonly Point[], { at, body }: KicadFootprint): boolean {
  return [at, ...(body ?? [])].some((point) => insidePolygon(outline, point));
}
