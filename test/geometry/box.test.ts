import { describe, expect, it } from 'vitest';
import {
  type Box,
  boundingBox,
  boxIoU,
  growBox,
  intersectBoxes,
  intersectionArea,
  pixelBox,
} from '../../src/geometry/index.js';

const a: Box = { x: 0, y: 0, width: 10, height: 10 };

describe('boxes', () => {
  it('intersects', () => {
    expect(intersectBoxes(a, { x: 6, y: 8, width: 10, height: 10 })).toEqual({
      x: 6,
      y: 8,
      width: 4,
      height: 2,
    });
    expect(intersectBoxes(a, { x: 10, y: 0, width: 5, height: 5 })).toBeNull();
    expect(intersectionArea(a, { x: 20, y: 0, width: 5, height: 5 })).toBe(0);
  });

  it('measures overlap', () => {
    expect(boxIoU(a, a)).toBe(1);
    expect(boxIoU(a, { x: 5, y: 0, width: 10, height: 10 })).toBeCloseTo(50 / 150);
    expect(boxIoU(a, { x: 5, y: 0, width: 0, height: 10 })).toBe(0);
  });

  it('holds points, and refuses none', () => {
    expect(
      boundingBox([
        [3, 9],
        [-1, 4],
      ]),
    ).toEqual({ x: -1, y: 4, width: 4, height: 5 });
    expect(() => boundingBox([])).toThrow(RangeError);
  });

  it('grows on every side', () => {
    expect(growBox(a, 2)).toEqual({ x: -2, y: -2, width: 14, height: 14 });
  });

  it('takes whole pixels within a picture', () => {
    expect(pixelBox({ x: 1.2, y: -3, width: 2.1, height: 5.5 }, 8, 8)).toEqual({
      x: 1,
      y: 0,
      width: 3,
      height: 3,
    });
    expect(pixelBox({ x: 8, y: 0, width: 2, height: 2 }, 8, 8)).toBeNull();
  });
});
