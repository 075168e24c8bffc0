/** Pixels that a blurred sample is read from along each axis: enough for a blur of up to 0.9 px. */
export const TAPS = 6;
/** Places between two pixels for which weights are kept: a 64th of a pixel cannot be seen. */
export const PHASES = 64;

/**
 * Weights of a Gaussian around a place between pixels: `TAPS` for each of `PHASES` places, summing up to 1. The first
 * of them belongs to the pixel `TAPS / 2 - 1` before the place rounded down.
 * @param sigma standard deviation, pixels
 */
export function blurWeights(sigma: number): Float32Array {
  const weights = new Float32Array(PHASES * TAPS);
  for (let phase = 0; phase < PHASES; phase++) {
    const at = TAPS / 2 - 1 + (phase + 0.5) / PHASES;
    const row = weights.subarray(phase * TAPS, (phase + 1) * TAPS);
    let sum = 0;
    for (let k = 0; k < TAPS; k++) sum += row[k] = Math.exp(-((k - at) ** 2) / (2 * sigma * sigma));
    for (let k = 0; k < TAPS; k++) row[k]! /= sum;
  }
  return weights;
}
