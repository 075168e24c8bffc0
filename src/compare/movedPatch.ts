import { type Box, growBox, pixelBox } from '../geometry/index.js';
import type { SurfaceEvidence } from './surfaceEvidence.js';

/** How far a tall part may move between two viewpoints, as a share of the frame's longer side. */
export const MOVED = 0.015;
/** Correlation from which two patches show the same thing. */
const SAME = 0.7;
/** What moved leaves a gap: the evidence where it came from, as a share of that where it is now. */
const GAP = 0.5;
/** Largest side of the patches that are compared, in pixels; larger ones are sampled. */
const SAMPLES = 24;

/**
 * Whether what is new in a place of one picture is what the other shows a little further on, and has left from
 * there: a tall part seen from another viewpoint moves as a whole, an added part leaves nothing behind.
 * @param box surface-frame pixels
 * @param reach how far it may have moved, in surface-frame pixels
 * @param direction `added`: new in the photo; `removed`: gone from the reference
 */
export function isMovedPatch(
  evidence: SurfaceEvidence,
  box: Box,
  reach: number,
  direction: 'added' | 'removed',
): boolean {
  const { width, height } = evidence;
  const margin = Math.max(4, 0.35 * Math.min(box.width, box.height));
  const patch = pixelBox(growBox(box, margin), width, height);
  const inner = pixelBox(box, width, height);
  if (!patch || !inner) return false;
  const [here, there] =
    direction === 'added'
      ? [evidence.photoBrightness, evidence.referenceBrightness]
      : [evidence.referenceBrightness, evidence.photoBrightness];
  const [gain, loss] =
    direction === 'added' ? [evidence.added, evidence.removed] : [evidence.removed, evidence.added];
  const step = Math.max(1, Math.floor(Math.max(patch.width, patch.height) / SAMPLES));
  let best = SAME;
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
  if (!at) return false;
  const now = meanIn(gain, inner, 0, 0, width, height);
  const before = meanIn(loss, inner, at[0], at[1], width, height);
  return before > GAP * now;
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
