/** Area that boxes a and b share. Boxes are left, top, right, bottom in `c`. */
export function sharedArea(c: Float32Array, a: number, b: number): number {
  const width = Math.min(c[4 * a + 2]!, c[4 * b + 2]!) - Math.max(c[4 * a]!, c[4 * b]!);
  const height = Math.min(c[4 * a + 3]!, c[4 * b + 3]!) - Math.max(c[4 * a + 1]!, c[4 * b + 1]!);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Area of box k. */
export function areaOf(c: Float32Array, k: number): number {
  return (c[4 * k + 2]! - c[4 * k]!) * (c[4 * k + 3]! - c[4 * k + 1]!);
}

/**
 * Intersection over union of two boxes along one axis, 0 to 1.
 * @param axis 0 across, 1 down
 */
export function spanIoU(c: Float32Array, a: number, b: number, axis: 0 | 1): number {
  const shared =
    Math.min(c[4 * a + 2 + axis]!, c[4 * b + 2 + axis]!) - Math.max(c[4 * a + axis]!, c[4 * b + axis]!);
  const all =
    Math.max(c[4 * a + 2 + axis]!, c[4 * b + 2 + axis]!) - Math.min(c[4 * a + axis]!, c[4 * b + axis]!);
  return Math.max(0, shared) / all;
}
