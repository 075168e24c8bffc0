import type { Selftest, SelftestPlant } from '../../src/document/index.js';
import { fakeInspection } from './fakeInspection.js';

/** A part planted at a place; found unless it is said to be missed. */
function fakePlant(id: string, x: number, y: number, longSidePx: number, found = true): SelftestPlant {
  return {
    id,
    round: 1,
    longSidePx,
    estimatePx: 12,
    box: { x, y, width: longSidePx, height: longSidePx / 2 },
    place: 'bare',
    part: 'mlcc',
    visibility: 21.5,
    found,
    score: found ? 0.9 : null,
    centerErrorPx: found ? 0.8 : null,
  };
}

/** A self-test with two parts of 8 px, of which one was found, and two of 20 px, both found. */
export function fakeSelftest(more: Partial<Selftest> = {}, width = 640, height = 400): Selftest {
  const { tool, notice, photo, reference, models, registration } = fakeInspection([], width, height);
  const plants = [
    fakePlant('P1', 100, 100, 8, false),
    fakePlant('P2', 300, 100, 8),
    fakePlant('P3', 100, 250, 20),
    fakePlant('P4', 300, 250, 20),
  ];
  return {
    schemaVersion: 1,
    tool,
    notice,
    photo,
    simulated: false,
    reference: { ...reference, mmPerPixel: null },
    models,
    settings: { falseCalls: 1, plants: 4, seed: 1 },
    registration,
    unedited: { findings: [], smallestVisiblePartPx: 12 },
    edited: { photos: 1, refused: 0, otherFindings: 0 },
    plants,
    sizes: [
      { longSidePx: 8, planted: 2, found: 1 },
      { longSidePx: 20, planted: 2, found: 2 },
    ],
    planted: 4,
    found: 3,
    asStated: { planted: 2, found: 2, holds: true },
    medianCenterErrorPx: 0.8,
    smallestShownPartPx: 20,
    smallestShownPartMm: null,
    milliseconds: 1000,
    ...more,
  };
}
