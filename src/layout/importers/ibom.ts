import { UserError } from '../../errors.js';
import { boundingBox, boxCenter, type Point } from '../../geometry/index.js';
import { arcPoints } from './arcPoints.js';
import { boardFeatureRemarks, isBoardFeature } from './boardFeature.js';
import { curvePoints } from './curvePoints.js';
import { type IbomData, type IbomEdge, ibomData } from './ibomData.js';
import type { ImportedSite, Importer, ImporterInput } from './imported.js';
import { joinOutline, MAX_EDGE_POINTS } from './joinOutline.js';
import { turnedAround } from './nanometres.js';
import { ownRotation } from './ownRotation.js';
import { referenceClass } from './referenceClass.js';
import { siteNames } from './siteNames.js';
import { startOf } from './startOf.js';

/** A reference takes no more. */
const MAX_OUTLINE = 10_000;

/** Whether a file is data or a page of InteractiveHtmlBom. The page has its data after 100 kB of program. */
export function looksLikeIbom(input: ImporterInput): boolean {
  const start = startOf(input);
  if (/^(\xef\xbb\xbf)?\s*\{/.test(start)) return /"(edges_bbox|ibom_version|pcbdata)"\s*:/.test(start);
  if (!/^(\xef\xbb\xbf)?\s*<(!doctype html|html)/i.test(start)) return false;
  return Buffer.from(input.bytes.buffer, input.bytes.byteOffset, input.bytes.length).includes('pcbdata =');
}

/**
 * Reads InteractiveHtmlBom: outline from its edges, and for every footprint the box that its page draws. What its bill
 * of materials skips expects no part where it would be one, and is left out otherwise.
 * @throws UserError naming the record that is wrong
 */
export const ibom: Importer = (input) => {
  const { edges, footprints, metadata, bom } = ibomData(input);
  let points = 0;
  const drawn = edges.map((edge, k) => {
    const where = `${input.name}: at edges.${k}`;
    const lines = edgeLines(edge, where);
    for (const line of lines ?? []) points += line.length;
    if (points > MAX_EDGE_POINTS) {
      throw new UserError(`${where}: expected at most ${MAX_EDGE_POINTS} points of the outline, got more`);
    }
    return lines;
  });
  const { polygon, closed } = joinOutline(drawn.flatMap((lines) => lines ?? []));
  const hasOutline = polygon.length >= 3;
  if (polygon.length > MAX_OUTLINE) {
    throw new UserError(
      `${input.name}: at edges: expected an outline of at most ${MAX_OUTLINE} corners, got ${polygon.length}`,
    );
  }
  const skipped = new Set(bom.skipped);
  const names = siteNames();
  const sites: ImportedSite[] = [];
  let bare = 0;
  let features = 0;
  const hasPads = footprints.some(({ pads }) => pads.length > 0);
  for (const [k, footprint] of footprints.entries()) {
    const where = `${input.name}: at footprints.${k}`;
    const side = sideOf(footprint.layer, where);
    const [value, packageName] = describe(bom.fields[k]);
    const pads = hasPads ? footprint.pads.length : null;
    if (isBoardFeature({ reference: footprint.ref, footprint: packageName, pads })) {
      features++;
      continue;
    }
    const label = referenceClass(footprint.ref, packageName);
    if (skipped.has(k) && label === null) {
      bare++;
      continue;
    }
    const body = bodyOf(footprint.bbox);
    sites.push({
      id: names.next(footprint.ref, label, where),
      label,
      side,
      at: body ? boxCenter(boundingBox(body)) : footprint.bbox.pos,
      rotation: ownRotation(footprint.bbox.angle, side === 'bottom'),
      body,
      expected: skipped.has(k) ? 'empty' : 'fitted',
      part: (value || packageName).slice(0, 500) || null,
    });
  }
  const empty = sites.filter(({ expected }) => expected === 'empty').length;
  const paths = drawn.filter((lines) => lines === null).length;
  const without = sites.filter(({ body }) => body === null).length;
  return {
    kind: 'ibom',
    name: metadata?.title?.trim().slice(0, 200) || null,
    unit: 'mm',
    outline: hasOutline ? polygon : null,
    sites,
    lacks: [
      ...(hasOutline ? [] : (['outline'] as const)),
      ...(without > 0 ? (['body-size'] as const) : []),
      ...(empty > 0 ? [] : (['do-not-populate'] as const)),
    ],
    remarks: [
      ...(hasOutline && !closed ? ['The outline has gaps; they were closed with straight lines.'] : []),
      ...(paths > 0
        ? [`${paths} pieces of the outline are drawn in a way that is not read and were left out.`]
        : []),
      ...boardFeatureRemarks(features),
      ...(bare > 0
        ? [`${bare} footprints that the bill of materials skips are no parts and were left out.`]
        : []),
      ...(empty > 0 ? [`${empty} parts that the bill of materials skips are taken as not fitted.`] : []),
      ...names.remarks(),
    ],
  };
};

function sideOf(layer: string, where: string): 'top' | 'bottom' {
  if (layer === 'F') return 'top';
  if (layer === 'B') return 'bottom';
  throw new UserError(`${where}.layer: expected "F" or "B", got "${layer.slice(0, 40)}"`);
}

/** Value and footprint of a row of fields: they come first unless the page was made with other ones. */
function describe(fields: readonly unknown[] = []): [string, string] {
  const [value = '', footprint = ''] = fields.filter((field) => typeof field === 'string');
  return [value.trim(), footprint.trim()];
}

/** The box as the page draws it: moved to `pos`, turned counter-clockwise by `angle`. Null where it has no area. */
function bodyOf({ pos, angle, size, relpos }: IbomData['footprints'][number]['bbox']): Point[] | null {
  if (!(size[0] > 0 && size[1] > 0)) return null;
  const turn = (angle * Math.PI) / 180;
  const corners: Point[] = [
    relpos,
    [relpos[0] + size[0], relpos[1]],
    [relpos[0] + size[0], relpos[1] + size[1]],
    [relpos[0], relpos[1] + size[1]],
  ];
  return corners.map((corner) => turnedAround(pos, corner, turn));
}

/** An edge as lines of points that follow each other; null for one that is drawn in a way that is not known. */
function edgeLines(edge: IbomEdge, where: string): Point[][] | null {
  const need = <T>(value: T | undefined, name: string): T => {
    if (value === undefined)
      throw new UserError(`${where}: expected "${name}" of a ${edge.type.slice(0, 40)}, got none`);
    return value;
  };
  switch (edge.type) {
    case 'segment':
      return [[need(edge.start, 'start'), need(edge.end, 'end')]];
    case 'rect': {
      const [[left, top], [right, bottom]] = [need(edge.start, 'start'), need(edge.end, 'end')];
      return [
        [
          [left, top],
          [right, top],
          [right, bottom],
          [left, bottom],
          [left, top],
        ],
      ];
    }
    case 'circle':
    case 'arc': {
      if (edge.radius === undefined) return null;
      const center = need(edge.start, 'start');
      const whole = edge.type === 'circle';
      const [from, to] = [edge.startangle ?? 0, edge.endangle ?? 360].map((degrees): Point => {
        const angle = ((whole ? 0 : degrees) * Math.PI) / 180;
        return [center[0] + edge.radius! * Math.cos(angle), center[1] + edge.radius! * Math.sin(angle)];
      });
      return [[from!, ...arcPoints(from!, to!, center, false)]];
    }
    case 'curve': {
      const ends = [need(edge.start, 'start'), need(edge.end, 'end')] as const;
      return [curvePoints(ends[0], need(edge.cpa, 'cpa'), need(edge.cpb, 'cpb'), ends[1])];
    }
    case 'polygon': {
      if (!edge.polygons) return null;
      const [x, y] = edge.pos ?? [0, 0];
      const turn = ((edge.angle ?? 0) * Math.PI) / 180;
      return edge.polygons
        .filter((polygon) => polygon.length > 0)
        .map((polygon) =>
          [...polygon, polygon[0]!].map(
            ([px, py]): Point => [
              x + px * Math.cos(turn) + py * Math.sin(turn),
              y - px * Math.sin(turn) + py * Math.cos(turn),
            ],
          ),
        );
    }
    default:
      return null;
  }
}
