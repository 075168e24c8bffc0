import { describe, expect, it } from 'vitest';
import {
  compose,
  type Homography,
  homographyFromPoints,
  mapPoint,
  type Point,
} from '../../src/geometry/index.js';
import { median } from '../../src/layout/fit.js';
import type { FitOptions, FitPart, FitSite } from '../../src/layout/fitGuesses.js';
import { fitParts } from '../../src/layout/fitParts.js';

const WIDTH = 2400;
const HEIGHT = 1800;
/** A board of 110 × 85 mm. */
const BOARD = { width: 110, height: 85 };

/** Numbers from 0 to 1 that are the same every time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KINDS = [
  ['resistor', 1.6, 0.8, 30],
  ['capacitor', 1.0, 0.5, 30],
  ['ic', 7, 7, 8],
  ['ic', 5, 4, 8],
  ['connector', 14, 6, 6],
  ['inductor', 4, 4, 6],
  ['diode', 3, 1.5, 12],
] as const;

/** A board with rows of small parts, as real ones have. */
function layout(count: number, next: () => number): FitSite[] {
  const total: number = KINDS.reduce((sum: number, kind) => sum + kind[3], 0);
  return Array.from({ length: count }, () => {
    let pick = next() * total;
    const [label, long, short] =
      KINDS.find((kind) => {
        pick -= kind[3];
        return pick < 0;
      }) ?? KINDS[0];
    // Parts lie on a grid, so that chance matches are common.
    const at: Point = [2 + Math.round(next() * 106 * 2) / 2, 2 + Math.round(next() * 81 * 2) / 2];
    return { at, size: [long, short], label };
  });
}

const OUTLINE: Point[] = [
  [0, 0],
  [BOARD.width, 0],
  [BOARD.width, BOARD.height],
  [0, BOARD.height],
];

/** A camera that looks from somewhere above, the board turned by `turn` degrees. */
function camera(turn: number, mirrored: boolean, next: () => number): Homography {
  const angle = (turn * Math.PI) / 180;
  const scale = Math.abs(Math.sin(angle)) > 0.5 ? 14 : 17;
  const corners = OUTLINE.map(([x, y]): Point => {
    const [dx, dy] = [(mirrored ? -1 : 1) * (x - BOARD.width / 2) * scale, (y - BOARD.height / 2) * scale];
    const jitter = () => (next() - 0.5) * 120;
    return [
      WIDTH / 2 + dx * Math.cos(angle) - dy * Math.sin(angle) + jitter(),
      HEIGHT / 2 + dx * Math.sin(angle) + dy * Math.cos(angle) + jitter(),
    ];
  });
  return homographyFromPoints(OUTLINE, corners);
}

/** What a detector makes of it: a third is missed, as many are false, boxes are off by noise, classes are mistaken. */
function detect(sites: readonly FitSite[], truth: Homography, next: () => number): FitPart[] {
  const parts: FitPart[] = [];
  const labels = KINDS.map(([label]) => label);
  const normal = () => next() + next() + next() + next() - 2;
  const scale = 16;
  for (const { at, size, label } of sites) {
    if (next() < 1 / 3) continue;
    const [x, y] = mapPoint(truth, at);
    const [width, height] = [
      size![0] * scale * (0.8 + 0.4 * next()),
      size![1] * scale * (0.8 + 0.4 * next()),
    ];
    const turned = next() < 0.5;
    parts.push({
      box: {
        x: x + normal() * 6 - (turned ? height : width) / 2,
        y: y + normal() * 6 - (turned ? width : height) / 2,
        width: turned ? height : width,
        height: turned ? width : height,
      },
      label: next() < 0.8 ? label! : labels[Math.floor(next() * labels.length)]!,
    });
  }
  const seen = parts.length;
  for (let k = 0; k < seen / 2; k++) {
    const { box, label } = parts[Math.floor(next() * seen)]!;
    parts.push({ box: { ...box, x: 250 + next() * 1900, y: 150 + next() * 1500 }, label });
  }
  return parts;
}

/** Median distance between where sites are and where a fit puts them, in millimetres. */
function siteError(found: Homography, truth: Homography, sites: readonly FitSite[]): number {
  return median(
    sites.map(({ at }) => {
      const [x, y] = mapPoint(found, at);
      const [u, v] = mapPoint(truth, at);
      return Math.hypot(x - u, y - v) / 16;
    }),
  );
}

function options(outline: 'known' | 'unknown', truth: Homography, mirrored: boolean | null): FitOptions {
  return {
    mirrored,
    outlines:
      outline === 'known'
        ? { layout: OUTLINE, photo: OUTLINE.map((corner) => mapPoint(truth, corner)) }
        : null,
    width: WIDTH,
    height: HEIGHT,
  };
}

describe('fit of a layout to parts that are seen', () => {
  for (const outline of ['known', 'unknown'] as const) {
    for (const mirrored of [false, true]) {
      it.each([0, 90, 180, 270, 12, 147])(
        `outline ${outline}, ${mirrored ? 'bottom' : 'top'}, turned by %i°`,
        (turn) => {
          const count = turn % 180 === 0 ? 60 : 300;
          const next = random(turn * 7 + count + (mirrored ? 1 : 0));
          const sites = layout(count, next);
          const truth = camera(turn, mirrored, next);
          const parts = detect(sites, truth, next);
          const result = fitParts(sites, parts, options(outline, truth, mirrored));
          expect('reason' in result ? result.reason : null).toBeNull();
          expect(siteError(result.fit!.homography, truth, sites)).toBeLessThan(0.5);
          expect(result.fit!.mirrored).toBe(mirrored);
          expect(result.fit!.residualMm).toBeLessThan(0.5);
        },
      );
    }
  }
  it('finds the side where it is not told', () => {
    for (const mirrored of [false, true]) {
      const next = random(5);
      const sites = layout(150, next);
      const truth = camera(180, mirrored, next);
      const { fit } = fitParts(sites, detect(sites, truth, next), options('unknown', truth, null));
      expect(fit!.mirrored).toBe(mirrored);
      expect(siteError(fit!.homography, truth, sites)).toBeLessThan(0.5);
    }
  });

  it('refuses parts of another board, and says why with numbers', () => {
    for (const outline of ['known', 'unknown'] as const) {
      for (const count of [60, 300]) {
        const next = random(count + 3);
        const truth = camera(0, false, next);
        const parts = detect(layout(count, next), truth, next);
        const result = fitParts(layout(count, next), parts, options(outline, truth, null));
        expect('reason' in result && result.reason).toMatch(
          /best fit finds parts at \d+ sites, \d+ %|no place/,
        );
      }
    }
  });

  it('refuses a dozen sites, which find parts anywhere among hundreds', () => {
    for (const seed of [1, 2, 3, 4]) {
      const next = random(seed);
      const truth = camera(0, false, next);
      const parts = detect(layout(300, next), truth, next);
      expect(fitParts(layout(12, next), parts, options('known', truth, null))).toHaveProperty('reason');
    }
  });

  it('refuses too little to go by', () => {
    const truth = compose([10, 0, 0, 0, 10, 0, 0, 0, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const sites = layout(7, random(1));
    expect(fitParts(sites, [], options('unknown', truth, false))).toEqual({
      fit: null,
      reason: 'expected at least 8 fitted sites and parts seen, got 7 and 0',
    });
  });
});
