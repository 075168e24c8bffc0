import { describe, expect, it } from 'vitest';
import {
  areaScaleAt,
  compose,
  type Homography,
  homographyFromPoints,
  identity,
  invert,
  mapBox,
  mapPoint,
  type Point,
  scaling,
  translation,
} from '../../src/geometry/index.js';

const tilted: Homography = [2, 0, 3, 0, 2, 5, 0.001, 0, 1];

function expectPoint([x, y]: Point, [toX, toY]: Point) {
  expect(x).toBeCloseTo(toX, 9);
  expect(y).toBeCloseTo(toY, 9);
}

describe('homographies', () => {
  it('maps a point, perspective included', () => {
    expectPoint(mapPoint(tilted, [1000, 10]), [2003 / 2, 25 / 2]);
  });

  it('composes right to left', () => {
    expectPoint(mapPoint(compose(translation(10, 0), scaling(2, 3)), [1, 1]), [12, 3]);
    expectPoint(mapPoint(compose(scaling(2, 3), translation(10, 0)), [1, 1]), [22, 3]);
  });

  it('gives points on the horizon as infinities', () => {
    expect(mapPoint([1, 0, 0, 0, 1, 0, -0.01, 0, 1], [100, 1])).toEqual([Infinity, Infinity]);
  });

  it('inverts', () => {
    for (const [k, value] of compose(tilted, invert(tilted)).entries())
      expect(value).toBeCloseTo(identity[k]!, 12);
    expect(() => invert([1, 2, 0, 2, 4, 0, 0, 0, 1])).toThrow(/got determinant 0/);
  });

  it('finds the mapping of four points', () => {
    const from: Point[] = [
      [0, 0],
      [100, 0],
      [100, 50],
      [0, 50],
    ];
    const to = from.map((point) => mapPoint(tilted, point));
    for (const [k, value] of homographyFromPoints(from, to).entries())
      expect(value).toBeCloseTo(tilted[k]!, 9);
  });

  it('refuses points that determine none', () => {
    const line: Point[] = [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ];
    expect(() => homographyFromPoints(line, line)).toThrow('do not determine');
    expect(() => homographyFromPoints(line.slice(1), line)).toThrow('expected 4 + 4 points, got 3 + 4');
  });

  it('measures area scale, negative where mirrored', () => {
    expect(areaScaleAt(scaling(2, 3), [7, 7])).toBe(6);
    expect(areaScaleAt(scaling(-1, 1), [7, 7])).toBe(-1);
    // With w = 2 both sides of a small square shrink, one of them twice: 4 / 2^3.
    expect(areaScaleAt([2, 0, 0, 0, 2, 0, 0.001, 0, 1], [1000, 0])).toBeCloseTo(0.5);
  });

  it('maps a box to the box around its corners', () => {
    const quarterTurn: Homography = [0, -1, 0, 1, 0, 0, 0, 0, 1];
    expect(mapBox(quarterTurn, { x: 1, y: 2, width: 3, height: 4 })).toEqual({
      x: -6,
      y: 1,
      width: 4,
      height: 3,
    });
  });
});
