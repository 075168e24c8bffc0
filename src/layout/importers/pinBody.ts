import type { Point } from '../../geometry/index.js';

/** A pin of a part, in thousandths of an inch. */
export interface Pin {
  at: Point;
  /** Of its pad; null where the source has none. */
  radius: number | null;
}

/** Half the width of a pad that is not told: share of the step from a pin to the next, and its bounds in mils. */
const SHARE = 0.3;
const LEAST = 5;
const MOST = 40;

/**
 * The upright box around the pins of a part, pads included, as four corners in the pins' units and axes. Pads of unknown
 * size are taken to reach 0.3 of the smallest step from a pin to the next one in the file: that gives an 0402 resistor
 * 64 × 24 mil and an SO-8 180 × 240. A lone pin of unknown size has no extent: null.
 */
export function pinBody(pins: readonly Pin[]): readonly Point[] | null {
  if (pins.length === 0) return null;
  let step = Infinity;
  for (let k = 1; k < pins.length; k++) {
    const [x, y] = pins[k]!.at;
    const [lastX, lastY] = pins[k - 1]!.at;
    const distance = Math.hypot(x - lastX, y - lastY);
    // Two pads on one place are the two sides of a hole.
    if (distance > 0) step = Math.min(step, distance);
  }
  const guess = Number.isFinite(step) ? Math.min(MOST, Math.max(LEAST, SHARE * step)) : 0;
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { at, radius } of pins) {
    const half = radius ?? guess;
    left = Math.min(left, at[0] - half);
    top = Math.min(top, at[1] - half);
    right = Math.max(right, at[0] + half);
    bottom = Math.max(bottom, at[1] + half);
  }
  if (!(right > left && bottom > top)) return null;
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
