import { describe, expect, it } from 'vitest';
import { type Homography, mapPoint, type Point } from '../../src/geometry/index.js';
import { fitPoints } from '../../src/layout/fit.js';
import { leastSquares } from '../../src/layout/leastSquares.js';

const pairs = (mapping: Homography, points: readonly Point[]) =>
  points.map((layout) => ({ layout, photo: mapPoint(mapping, layout) }));
const CORNERS: Point[] = [
  [0, 0],
  [100, 0],
  [100, 80],
  [0, 80],
];

describe('least squares', () => {
  it('gives the mapping itself for exact pairs', () => {
    const similarity: Homography = [2, -1, 5, 1, 2, 7, 0, 0, 1];
    const affine: Homography = [2, 1, 5, -3, 4, 7, 0, 0, 1];
    const tilted: Homography = [2, 1, 5, -3, 4, 7, 0.001, 0.002, 1];
    for (const [kind, mapping] of [
      ['similarity', similarity],
      ['affine', affine],
      ['homography', tilted],
    ] as const) {
      const points = [...CORNERS, [30, 20] as Point];
      const found = leastSquares(
        kind,
        points,
        points.map((point) => mapPoint(mapping, point)),
      )!;
      for (const [k, value] of mapping.entries()) expect(found[k]).toBeCloseTo(value, 6);
    }
  });

  it('shares an error out', () => {
    // Four points on a line to the right, one of them 4 too high: the mean shift is 1.
    const to: Point[] = CORNERS.map(([x, y], k) => [x, y + (k === 0 ? 4 : 0)]);
    const found = leastSquares('affine', CORNERS, to)!;
    expect(mapPoint(found, [50, 40])[1]).toBeCloseTo(41, 9);
  });

  it('gives nothing where points do not determine it', () => {
    const line: Point[] = [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ];
    expect(leastSquares('affine', line, CORNERS)).toBeNull();
    expect(leastSquares('homography', line, CORNERS)).toBeNull();
    expect(leastSquares('affine', CORNERS.slice(0, 2), CORNERS.slice(0, 2))).toBeNull();
    expect(
      leastSquares(
        'similarity',
        [
          [1, 1],
          [1, 1],
        ],
        [
          [0, 0],
          [1, 0],
        ],
      ),
    ).toBeNull();
    expect(
      leastSquares(
        'affine',
        CORNERS,
        CORNERS.map(() => [Number.NaN, 0]),
      ),
    ).toBeNull();
  });
});

describe('fit to typed points', () => {
  it('gives scale, residual and side', () => {
    const top = fitPoints(pairs([20, 0, 100, 0, 20, 50, 0, 0, 1], CORNERS.slice(0, 3)), false);
    expect(top).toMatchObject({ pairs: 3, mirrored: false, inlierShare: null });
    expect(top.mmPerPixel).toBeCloseTo(0.05, 9);
    expect(top.residualPx).toBeCloseTo(0, 9);
    const bottom = fitPoints(pairs([-20, 0, 2100, 0, 20, 50, 0, 0, 1], CORNERS), null);
    expect(bottom.mirrored).toBe(true);
    expect(mapPoint(bottom.homography, [0, 0])[0]).toBeCloseTo(2100, 6);
  });

  it.each([
    ['too few', CORNERS.slice(0, 2), false, 'expected at least 3 points, got 2'],
    [
      'on a line',
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ] as Point[],
      false,
      'points on one line',
    ],
    [
      'in one place',
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ] as Point[],
      false,
      'points on one line or in one place',
    ],
    [
      'the other way round',
      CORNERS,
      true,
      'expected the bottom side, got points that are the other way round',
    ],
  ])('refuses points that are %s', (_, points, mirrored, message) => {
    expect(() => fitPoints(pairs([20, 0, 100, 0, 20, 50, 0, 0, 1], points), mirrored)).toThrow(message);
  });

  it('refuses a point that was mistyped', () => {
    const typed = pairs([20, 0, 100, 0, 20, 50, 0, 0, 1], [...CORNERS, [50, 40], [20, 60]]);
    typed[4]!.photo = [1900, 850];
    expect(() => fitPoints(typed, false)).toThrow(/got one that is \d+ px off/);
  });
});
