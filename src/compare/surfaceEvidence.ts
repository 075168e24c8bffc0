import type { Raster } from '../photo/index.js';
import { boxMean } from './boxFilter.js';
import { matchLight } from './light.js';
import { blurPlanes, type Planes, toPlanes } from './planes.js';

/** How strongly the surface differs, pixel by pixel of the frame, in units of what the photo's noise explains. */
export interface SurfaceEvidence {
  width: number;
  height: number;
  /** Something in the photo that the reference does not show around this place. */
  added: Float32Array;
  /** Something in the reference that the photo does not show around this place. */
  removed: Float32Array;
  /** Standard deviation of the difference on calm surface, grey levels: noise of both pictures. */
  noise: number;
  /** Brightness of both, light and sharpness matched, 0 to 255. */
  referenceBrightness: Float32Array;
  photoBrightness: Float32Array;
}

/** A patch may be found this many pixels away: what local alignment left over. */
const REACH = 2;
/** Half the side of a patch. */
const PATCH = 2;
/** Half the side of the window in which the other picture's own variation excuses a difference. */
const CONTEXT = 4;
/** Variance of the misalignment that is left, in square pixels, times the gradient's energy: excused difference. */
const MISALIGNMENT = 0.35;
/** Share of brightness that light may change without being a difference: highlights on solder, soft shadows. */
const LIGHT_SHARE = 0.06;

/**
 * Compares two aligned pictures patch by patch. A patch of the photo counts as added when no patch of the reference
 * within {@link REACH} pixels looks like it, measured against the camera noise, the light, and how much the
 * reference varies there; removed is the same with the roles exchanged.
 * The smallest patch distance within a window as a difference measure follows Seitz and Baker (filter flow, ICCV
 * 2009) in spirit; the excuse by gradient energy is the first-order effect of a small shift.
 * @param reference RGB, frame size
 * @param photo RGB, frame size, aligned
 * @param mask one byte a pixel, non-zero where both show the board
 */
export function surfaceEvidence(reference: Raster, photo: Raster, mask: Uint8Array): SurfaceEvidence {
  const a = toPlanes(reference);
  const b = toPlanes(photo);
  matchLight(a, b, mask);
  matchSharpness(a, b, mask);
  const noise = Math.max(1, Math.hypot(noiseOf(a, mask), noiseOf(b, mask)));
  const { added, removed } = smallestPatchDistance(a, b);
  significance(added, a, noise, mask);
  significance(removed, b, noise, mask);
  return {
    width: a.width,
    height: a.height,
    added,
    removed,
    noise,
    referenceBrightness: a.planes[0],
    photoBrightness: b.planes[0],
  };
}

/** Blurs the sharper picture until both carry about the same fine detail. */
function matchSharpness(a: Planes, b: Planes, mask: Uint8Array): void {
  const detailA = fineDetail(a, mask);
  const detailB = fineDetail(b, mask);
  const [sharper, target, ratio] =
    detailA > detailB ? [a, detailB, detailA / detailB] : [b, detailA, detailB / detailA];
  if (!(ratio > 1.25)) return;
  // Small steps, since how much blur it takes depends on the picture.
  for (let step = 0; step < 3 && fineDetail(sharper, mask) > 1.15 * target; step++) blurPlanes(sharper, 0.8);
}

/** Mean absolute Laplacian of brightness. */
function fineDetail({ planes, width, height }: Planes, mask: Uint8Array): number {
  const plane = planes[0];
  let sum = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y += 2) {
    for (let k = y * width + 1; k < (y + 1) * width - 1; k += 2) {
      if (mask[k] === 0) continue;
      sum += Math.abs(4 * plane[k]! - plane[k - 1]! - plane[k + 1]! - plane[k - width]! - plane[k + width]!);
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/**
 * Camera noise of brightness: the lower quartile of |Laplacian|, where the surface is calm, as a standard deviation.
 * Source of the idea: Immerkær, Fast Noise Variance Estimation, CVIU 64(2), 1996.
 */
function noiseOf({ planes, width, height }: Planes, mask: Uint8Array): number {
  const plane = planes[0];
  const histogram = new Uint32Array(1024);
  let count = 0;
  for (let y = 1; y < height - 1; y += 2) {
    for (let k = y * width + 1; k < (y + 1) * width - 1; k += 2) {
      if (mask[k] === 0) continue;
      const value = Math.abs(
        4 * plane[k]! - plane[k - 1]! - plane[k + 1]! - plane[k - width]! - plane[k + width]!,
      );
      histogram[Math.min(1023, Math.floor(value * 4))]!++;
      count++;
    }
  }
  let below = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    below += histogram[bin]!;
    // A quarter of |N(0, σ·√20)| lies below 0.319 σ·√20.
    if (below >= count / 4) return (bin + 0.5) / 4 / (0.319 * Math.sqrt(20));
  }
  return 1;
}

/** For every patch of one picture, the mean squared difference to the most similar patch of the other nearby. */
function smallestPatchDistance(a: Planes, b: Planes): { added: Float32Array; removed: Float32Array } {
  const { width, height } = a;
  const count = width * height;
  const added = new Float32Array(count).fill(Infinity);
  const removed = new Float32Array(count).fill(Infinity);
  const difference = new Float32Array(count);
  const scratch = new Float32Array(count);
  const [a0, a1, a2] = a.planes;
  const [b0, b1, b2] = b.planes;
  for (let dy = -REACH; dy <= REACH; dy++) {
    for (let dx = -REACH; dx <= REACH; dx++) {
      const top = Math.max(0, -dy);
      const bottom = height - Math.max(0, dy);
      const left = Math.max(0, -dx);
      const right = width - Math.max(0, dx);
      const step = dy * width + dx;
      difference.fill(0);
      // difference[k]: photo at k against reference at k + step.
      for (let y = top; y < bottom; y++) {
        for (let k = y * width + left; k < y * width + right; k++) {
          const d0 = b0[k]! - a0[k + step]!;
          const d1 = b1[k]! - a1[k + step]!;
          const d2 = b2[k]! - a2[k + step]!;
          difference[k] = d0 * d0 + d1 * d1 + d2 * d2;
        }
      }
      boxMean(difference, difference, scratch, width, height, PATCH);
      for (let y = top; y < bottom; y++) {
        for (let k = y * width + left; k < y * width + right; k++) {
          const d = difference[k]!;
          if (d < added[k]!) added[k] = d;
          if (d < removed[k + step]!) removed[k + step] = d;
        }
      }
    }
  }
  return { added, removed };
}

/** Turns mean squared differences into multiples of what noise, light and the other picture's variation excuse. */
function significance(distance: Float32Array, other: Planes, noise: number, mask: Uint8Array): void {
  const { width, height, planes } = other;
  const energy = new Float32Array(distance.length);
  for (const plane of planes) {
    for (let y = 1; y < height - 1; y++) {
      for (let k = y * width + 1; k < (y + 1) * width - 1; k++) {
        const gx = 0.5 * (plane[k + 1]! - plane[k - 1]!);
        const gy = 0.5 * (plane[k + width]! - plane[k - width]!);
        energy[k]! += gx * gx + gy * gy;
      }
    }
  }
  boxMean(energy, energy, new Float32Array(energy.length), width, height, CONTEXT);
  const brightness = planes[0];
  for (let k = 0; k < distance.length; k++) {
    if (mask[k] === 0 || distance[k] === Infinity) {
      distance[k] = 0;
      continue;
    }
    const light = LIGHT_SHARE * (brightness[k]! + 16);
    const excuse = noise * noise + light * light + MISALIGNMENT * energy[k]!;
    distance[k] = Math.sqrt(distance[k]! / excuse);
  }
}
