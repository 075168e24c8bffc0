import { FINDING_KINDS, type Finding, type Inspection, NOTICE } from '../../src/document/index.js';
import type { Box } from '../../src/geometry/index.js';
import type { Raster } from '../../src/photo/index.js';

const HASH = 'ab'.repeat(32);

/** A grey, faintly textured picture, so that a test can tell pixels apart. */
export function texture(width: number, height: number): Raster {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const value = 96 + (((x >> 3) * 5 + (y >> 3) * 11) % 48);
      data[at] = value;
      data[at + 1] = value;
      data[at + 2] = value;
    }
  }
  return { data, width, height, channels: 3 };
}

/** A finding at a place, the same in photo and reference. */
export function fakeFinding(id: string, box: Box | null, more: Partial<Finding> = {}): Finding {
  return {
    id,
    kind: 'unexpected-part',
    score: 0.93,
    label: 'ic',
    site: null,
    box,
    referenceBox: box,
    explanation: 'There is what looks like an IC here; the reference shows bare board.',
    photo: 0,
    ...more,
  };
}

/** `count` small findings of all kinds on a loose grid. */
export function manyFindings(count: number, width: number, height: number): Finding[] {
  const columns = Math.ceil(Math.sqrt((count * width) / height));
  const rows = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, k) => {
    const x = ((k % columns) + 0.3 + 0.4 * wobble(k)) * (width / columns);
    const y = (Math.floor(k / columns) + 0.3 + 0.4 * wobble(k + 7)) * (height / rows);
    const box = { x, y, width: 14 + 30 * wobble(k + 3), height: 12 + 26 * wobble(k + 5) };
    return fakeFinding(`F${k + 1}`, box, {
      kind: FINDING_KINDS[k % FINDING_KINDS.length]!,
      score: 1 - (k + 1) / (count + 2),
      site: k % 3 === 0 ? `C${100 + k}` : null,
    });
  });
}

function wobble(k: number): number {
  return ((k * 7919) % 101) / 101;
}

/** A place that could not be judged, the same in photo and reference. */
export function fakeNotJudged(
  reason: Inspection['coverage']['notJudged'][number]['reason'],
  box: Box,
): Inspection['coverage']['notJudged'][number] {
  return {
    reason,
    box,
    photo: 0,
    referenceBox: box,
    advice: `Tilt the lamp: the area around U3 has ${reason}.`,
  };
}

/** An inspection of a photo with these findings, registered one to one. */
export function fakeInspection(
  findings: Finding[],
  width = 640,
  height = 400,
  more: Partial<Inspection> = {},
): Inspection {
  const photo = {
    path: 'incoming/board-17.jpg',
    sha256: HASH,
    width,
    height,
    quality: { sharpness: 0.62, clippedFraction: 0.004, darkFraction: 0.01 },
  };
  const registration: Inspection['registration'] = {
    status: 'ok',
    reason: null,
    inliers: 412,
    residualPx: 0.42,
    homography: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
  return {
    schemaVersion: 1,
    tool: { name: 'boardiff', version: '0.1.0' },
    notice: NOTICE,
    photo,
    photos: [{ ...photo, registration, judgedFraction: 0.968 }],
    reference: {
      name: 'larkspur-m1 top',
      sha256: HASH,
      width,
      height,
      variant: null,
      goodBoards: 1,
      lacks: [],
      mmPerPixel: 0.05,
    },
    models: [{ task: 'detect', name: 'parts', version: '1.2', sha256: HASH }],
    registration,
    verdict: findings.length > 0 ? 'differs' : 'matches',
    findings,
    rules: [],
    sites: [
      { id: 'R12', label: 'resistor', expected: 'fitted', verdict: 'matches', reason: null },
      { id: 'U3', label: 'ic', expected: 'fitted', verdict: 'not-judged', reason: 'glare' },
    ],
    coverage: {
      judgedFraction: 0.968,
      judgedSites: 0.5,
      missing: [],
      sharedDetail: 0.71,
      smallestVisiblePartPx: 14,
      smallestVisiblePartMm: 0.7,
      smallestVisibleMap: null,
      notJudged: [fakeNotJudged('glare', { x: 10, y: 20, width: 60, height: 40 })],
    },
    timings: { decode: 210, register: 900, detect: 1400, compare: 300 },
    ...more,
  };
}

/** A photo that could not be registered. */
export function fakeRefusal(width = 640, height = 400): Inspection {
  const inspection = fakeInspection([], width, height);
  return {
    ...inspection,
    verdict: 'not-judged',
    sites: [],
    registration: {
      status: 'refused',
      reason: 'only 9 points of the photo agree with the reference, at least 25 are needed',
      inliers: 9,
      residualPx: null,
      homography: null,
    },
    coverage: {
      judgedFraction: 0,
      judgedSites: 0,
      missing: ['no photo could be laid onto the reference'],
      smallestVisibleMap: null,
      sharedDetail: null,
      smallestVisiblePartPx: null,
      smallestVisiblePartMm: null,
      notJudged: [],
    },
  };
}
