import { type Box, pixelBox } from '../geometry/index.js';
import type { SurfaceEvidence } from './surfaceEvidence.js';

/** Surface evidence with the level that is ordinary for this pair of photos, ready to be asked about places. */
export interface EvidenceMap {
  evidence: SurfaceEvidence;
  /** One byte a pixel of the surface frame: non-zero where it can be judged. */
  mask: Uint8Array;
  /** Surface-frame pixels a reference-frame pixel, at most 1. */
  scale: number;
  /** What parallax, light and noise cause in this photo without any difference. */
  level: number;
  /** One byte a pixel: non-zero around tall parts, which hide and show other things from another viewpoint. */
  parallax: Uint8Array;
}

/** The level is this quantile over the board: differences cover far less than a tenth of it. */
const QUANTILE = 0.9;
/** Two quiet pictures must not make a level so low that noise stands out of it. */
const LOWEST_LEVEL = 1.5;

/** Measures the ordinary level of a pair, away from tall parts, and wraps the evidence. */
export function evidenceMap(
  evidence: SurfaceEvidence,
  mask: Uint8Array,
  parallax: Uint8Array,
  scale: number,
): EvidenceMap {
  const BINS = 4000;
  const PER_UNIT = 50;
  const histogram = new Uint32Array(BINS);
  let count = 0;
  for (let k = 0; k < mask.length; k++) {
    if (mask[k] === 0 || parallax[k] !== 0) continue;
    const value = Math.max(evidence.added[k]!, evidence.removed[k]!);
    histogram[Math.min(BINS - 1, Math.floor(value * PER_UNIT))]!++;
    count++;
  }
  let below = 0;
  let bin = 0;
  while (bin < BINS - 1 && below + histogram[bin]! < QUANTILE * count) below += histogram[bin++]!;
  return { evidence, mask, parallax, scale, level: Math.max(LOWEST_LEVEL, (bin + 0.5) / PER_UNIT) };
}

/** What the surface says about one place. */
export interface PlaceEvidence {
  /** Mean of the stronger half of the evidence in the place, in units of the photo's level. */
  added: number;
  removed: number;
  /** Share of the place that can be judged, 0 to 1. */
  visible: number;
}

/**
 * Asks about a box in reference-frame pixels. The stronger half decides: a small part rarely fills its box, and a
 * single bright pixel must not speak for it.
 */
export function evidenceIn(map: EvidenceMap, box: Box): PlaceEvidence {
  const { evidence, mask, scale, level } = map;
  const place = pixelBox(
    { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale },
    evidence.width,
    evidence.height,
  );
  if (!place) return { added: 0, removed: 0, visible: 0 };
  // About a thousand samples say as much of a large box as all its pixels.
  const step = Math.max(1, Math.floor(Math.sqrt((place.width * place.height) / 1000)));
  const added: number[] = [];
  const removed: number[] = [];
  let sampled = 0;
  for (let y = place.y; y < place.y + place.height; y += step) {
    const row = y * evidence.width;
    for (let k = row + place.x; k < row + place.x + place.width; k += step) {
      sampled++;
      if (mask[k] === 0) continue;
      added.push(evidence.added[k]!);
      removed.push(evidence.removed[k]!);
    }
  }
  // What lies beyond the frame is not visible either.
  const within = Math.min(1, (place.width * place.height) / (box.width * scale * box.height * scale));
  return {
    added: strongerHalf(added) / level,
    removed: strongerHalf(removed) / level,
    visible: sampled === 0 ? 0 : (within * added.length) / sampled,
  };
}

function strongerHalf(values: number[]): number {
  if (values.length === 0) return 0;
  values.sort((a, b) => b - a);
  const half = Math.ceil(values.length / 2);
  let sum = 0;
  for (let k = 0; k < half; k++) sum += values[k]!;
  return sum / half;
}
