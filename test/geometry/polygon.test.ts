import { describe, expect, it } from 'vitest';
import {
  clipPolygon,
  fillPolygon,
  insidePolygon,
  isConvex,
  type Point,
  signedArea,
} from '../../src/geometry/index.js';

const square: Point[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];
/** An L: the square without its upper right quarter. */
const angle: Point[] = [
  [0, 0],
  [2, 0],
  [2, 2],
  [4, 2],
  [4, 4],
  [0, 4],
];

describe('polygons', () => {
  it('has a positive area clockwise on screen', () => {
    expect(signedArea(square)).toBe(16);
    expect(signedArea([...square].reverse())).toBe(-16);
    expect(signedArea(angle)).toBe(12);
  });

  it('tells convex from not', () => {
    expect(isConvex(square)).toBe(true);
    expect(isConvex([...square].reverse())).toBe(true);
    expect(isConvex(angle)).toBe(false);
    expect(isConvex(square.slice(0, 2))).toBe(false);
  });

  it('tells inside from outside', () => {
    expect(insidePolygon(angle, [1, 1])).toBe(true);
    expect(insidePolygon(angle, [3, 1])).toBe(false);
    expect(insidePolygon(angle, [3, 3])).toBe(true);
  });

  it('clips, up to nothing', () => {
    const window: Point[] = [
      [2, -1],
      [6, -1],
      [6, 3],
      [2, 3],
    ];
    expect(signedArea(clipPolygon(square, window))).toBe(6);
    expect(
      clipPolygon(
        square,
        square.map(([x, y]): Point => [x + 9, y]),
      ),
    ).toEqual([]);
  });

  it('fills pixels whose centres lie inside, clipped to the picture', () => {
    const rows = (mask: Uint8Array, width: number) =>
      Array.from({ length: mask.length / width }, (_, y) =>
        mask.subarray(y * width, (y + 1) * width).join(''),
      );
    const shifted = angle.map(([x, y]): Point => [x + 0.5, y - 0.5]);
    expect(rows(fillPolygon(shifted, 6, 5), 6)).toEqual(['011000', '011000', '011110', '011110', '000000']);
    const beyond = square.map(([x, y]): Point => [x - 1.5, y - 1.5]);
    expect(rows(fillPolygon(beyond, 4, 3), 4)).toEqual(['1110', '1110', '1110']);
  });
});
