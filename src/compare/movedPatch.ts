import { type Box, growBox, pixelBox } from '../geometry/index.js';
import type { SurfaceEvidence } from './surfaceEvidence.js';

/** How far a tall part may move between two viewpoints, as a share of the frame's longer side. */
const MOVED = 0.015;
/** Correlation from which two patches are alike, and from which they show the same thing. */
const ALIKE = 0.45;
const SAME = 0.6;
/** What moved leaves a gap: the evidence where it came from, as a share of that where it is now. */
const GAP = 0.5;
/** Largest side of the patches that are compared, in pixels; larger ones are sampled. */
const SAMPLES = 24;

/** Where a patch of one picture is found in the other. */
export interface Displacement {
  dx: number;
  dy: number;
  /** Normalised correlation there, {@link ALIKE} to 1. */
  correlation: number;
  /** Evidence that the patch has left from there, as a share of the evidence that it is new here. */
  gap: number;
}

/**
 * Looks for what is new in a place of one picture a little further on in the other.
 * @param box surface-frame pixels
 * @param direction `added`: new in the photo; `removed`: gone from the reference
 * @returns null where nothing alike is found
 */
export function findDisplacement(
  evidence: SurfaceEvidence,
  box: Box,
  direction: 'added' | 'removed',
): Displacement | null {
  const { width, height } = evidence;
  const reach = Math.round(MOVED * Math.max(width, height));
  const margin = Math.max(4, 0.35 * Math.min(box.width, box.height));
  const patch = pixelBox(growBox(box, margin), width, height);
  const inner = pixelBox(box, width, height);
  if (!patch || !inner) return null;
  const [here, there] =
    direction === 'added'
      ? [evidence.photoBrightness, evidence.referenceBrightness]
      : [evidence.referenceBrightness, evidence.photoBrightness];
  const [gain, loss] =
    direction === 'added' ? [evidence.added, evidence.removed] : [evidence.removed, evidence.added];
  const step = Math.max(1, Math.floor(Math.max(patch.width, patch.height) / SAMPLES));
  let best = ALIKE;
  let at: [number, number] | null = null;
  for (let dy = -reach; dy <= reach; dy++) {
    if (patch.y + dy < 0 || patch.y + dy + patch.height > height) continue;
    for (let dx = -reach; dx <= reach; dx++) {
      if (dx * dx + dy * dy < 9 || dx * dx + dy * dy > reach * reach) continue;
      if (patch.x + dx < 0 || patch.x + dx + patch.width > width) continue;
      const value = correlation(here, there, patch, dx, dy, width, step);
      if (value > best) {
        best = value;
        at = [dx, dy];
      }
    }
  }
  if (!at) return null;
  const now = meanIn(gain, inner, 0, 0, width, height);
  const before = meanIn(loss, inner, at[0], at[1], width, height);
  return { dx: at[0], dy: at[1], correlation: best, gap: now > 0 ? before / now : 0 };
}

/**
 * Whether parallax alone explains a place: what is new here is what the other picture shows a little further on, and
 * it has left from there. A tall part seen from another viewpoint moves as a whole; an added part leaves no gap.
 */
export function isMoved(displacement: Displacement | null): boolean {
  return displacement !== null && displacement.correlation > SAME && displacement.gap > GAP;
}

/** Normalised cross-correlation of a patch of `a` with the one of `b` shifted by dx, dy; −1 to 1. */
function correlation(
  a: Float32Array,
  b: Float32Array,
  patch: Box,
  dx: number,
  dy: number,
  width: number,
  step: number,
): number {
  let n = 0;
  let sa = 0;
  let sb = 0;
  let saa = 0;
  let sbb = 0;
  let sab = 0;
  const shift = dy * width + dx;
  for (let y = patch.y; y < patch.y + patch.height; y += step) {
    for (let k = y * width + patch.x; k < y * width + patch.x + patch.width; k += step) {
      const p = a[k]!;
      const q = b[k + shift]!;
      n++;
      sa += p;
      sb += q;
      saa += p * p;
      sbb += q * q;
      sab += p * q;
    }
  }
  const va = saa - (sa * sa) / n;
  const vb = sbb - (sb * sb) / n;
  return va <= 0 || vb <= 0 ? 0 : (sab - (sa * sb) / n) / Math.sqrt(va * vb);
}

function meanIn(map: Float32Array, box: Box, dx: number, dy: number, width: number, height: number): number {
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, box.y + dy); y < Math.min(height, box.y + dy + box.height); y++) {
    for (let x = Math.max(0, box.x + dx); x < Math.min(width, box.x + dx + box.width); x++) {
      sum += map[y * width + x]!;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
