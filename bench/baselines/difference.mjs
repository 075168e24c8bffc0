// Plain registered difference: what anyone would try first.
import { components } from './dbscan.mjs';
import { blurred, labPlane, matchColour, morph } from './shared.mjs';

/**
 * Blur, global colour match, CIELAB ΔE, threshold, opening, components.
 * @param photo RGB raster laid onto the reference
 * @param reference RGB raster of the same size
 * @param mask one byte a pixel, non-zero where both show the board
 * @param options sigma: blur, px (1.5); threshold: ΔE (12); minArea: px² (16)
 * @returns {{box: {x: number, y: number, width: number, height: number}, score: number}[]} score 0..1: the mean ΔE
 *   of the region, 100 being 1
 */
export function difference(photo, reference, mask, { sigma = 1.5, threshold = 12, minArea = 16 } = {}) {
  const { width, height } = reference;
  const soft = blurred(reference, sigma);
  const a = labPlane(matchColour(blurred(photo, sigma), soft, mask));
  const b = labPlane(soft);
  const delta = new Float32Array(width * height);
  const on = new Uint8Array(width * height);
  for (let k = 0; k < delta.length; k++) {
    if (!mask[k]) continue;
    delta[k] = Math.hypot(a[k * 3] - b[k * 3], a[k * 3 + 1] - b[k * 3 + 1], a[k * 3 + 2] - b[k * 3 + 2]);
    on[k] = delta[k] > threshold ? 1 : 0;
  }
  const opened = morph(on, width, height, 1, 'open');
  return components(opened, delta, width, height, minArea).map(({ box, mean }) => ({
    box,
    score: Math.min(1, mean / 100),
  }));
}
