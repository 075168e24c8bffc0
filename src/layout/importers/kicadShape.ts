import { UserError } from '../../errors.js';
import type { Point } from '../../geometry/index.js';
import { arcPoints } from './arcPoints.js';
import { coordinate } from './coordinate.js';
import { curvePoints } from './curvePoints.js';
import { listOf, type SList, wordAt } from './sExpressions.js';

/** A line through many points; a curve or polygon of a board has hundreds. */
const MAX_POINTS = 100_000;

/**
 * A drawn shape as points that follow each other, in the file's millimetres, y down. Closed shapes repeat their first
 * point at the end. Lists that draw nothing (texts, dimensions, images) give null.
 * @param shape `(gr_line …)`, `(fp_arc …)` and their like
 * @param file its name, for messages
 * @throws UserError naming the line when a shape lacks a point or has an absurd one
 */
export function kicadShape(shape: SList, file: string): Point[] | null {
  const kind = wordAt(shape, 0)!.replace(/^(gr|fp)_/, '');
  const where = `${file}: line ${shape.line}`;
  const point = (name: string): Point => kicadPoint(listOf(shape, name), `${where}: (${name} x y)`);
  switch (kind) {
    case 'line':
      return [point('start'), point('end')];
    case 'rect': {
      const [[left, top], [right, bottom]] = [point('start'), point('end')];
      return [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
        [left, top],
      ];
    }
    case 'circle': {
      const rim = point('end');
      return [rim, ...arcPoints(rim, rim, point('center'), false)];
    }
    case 'arc':
      return listOf(shape, 'mid')
        ? arcThrough(point('start'), point('mid'), point('end'))
        : arcAround(point('start'), point('end'), wordAt(listOf(shape, 'angle'), 1), where);
    case 'poly':
      return polygon(shape, file);
    case 'curve': {
      const [a, b, c, d, ...more] = polygon(shape, file).slice(0, -1);
      if (!d || more.length > 0) throw new UserError(`${where}: expected a curve of 4 points`);
      return curvePoints(a!, b!, c!, d);
    }
    default:
      return null;
  }
}

/**
 * The two numbers after the first word of a list.
 * @throws UserError when there is no such list or no such numbers
 */
export function kicadPoint(list: SList | undefined, where: string): Point {
  return [coordinate(wordAt(list, 1), 'x', where), coordinate(wordAt(list, 2), 'y', where)];
}

/** Points of `(pts (xy …) (arc …) …)`, the first one again at the end. */
function polygon(shape: SList, file: string): Point[] {
  const points: Point[] = [];
  for (const item of listOf(shape, 'pts')?.items.slice(1) ?? []) {
    if (typeof item === 'string') continue;
    if (item.items[0] === 'xy') points.push(kicadPoint(item, `${file}: line ${item.line}`));
    else if (item.items[0] === 'arc') points.push(...(kicadShape(item, file) ?? []));
    if (points.length > MAX_POINTS) {
      throw new UserError(`${file}: line ${item.line}: expected at most ${MAX_POINTS} points, got more`);
    }
  }
  return points.length > 0 ? [...points, points[0]!] : points;
}

/** The arc of KiCad 6 and later; three points on a line are that line. */
function arcThrough(from: Point, mid: Point, to: Point): Point[] {
  const [ax, ay] = [mid[0] - from[0], mid[1] - from[1]];
  const [bx, by] = [to[0] - from[0], to[1] - from[1]];
  const cross = ax * by - ay * bx;
  if (Math.abs(cross) < 1e-9) return [from, mid, to];
  const a2 = ax * ax + ay * ay;
  const b2 = bx * bx + by * by;
  const center: Point = [
    from[0] + (by * a2 - ay * b2) / (2 * cross),
    from[1] + (ax * b2 - bx * a2) / (2 * cross),
  ];
  return [from, ...arcPoints(from, to, center, cross < 0)];
}

/** The arc of KiCad 5: centre, first point, and the angle it turns by, clockwise on screen. */
function arcAround(center: Point, from: Point, angle: string | undefined, where: string): Point[] {
  const degrees = coordinate(angle, 'an angle', where);
  if (degrees === 0) return [from, from];
  const turn = (Math.min(360, Math.abs(degrees)) * Math.sign(degrees) * Math.PI) / 180;
  const [x, y] = [from[0] - center[0], from[1] - center[1]];
  const to: Point = [
    center[0] + x * Math.cos(turn) - y * Math.sin(turn),
    center[1] + x * Math.sin(turn) + y * Math.cos(turn),
  ];
  return [from, ...arcPoints(from, to, center, turn < 0)];
}
