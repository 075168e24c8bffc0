/**
 * Mean over a (2·radius+1)² window by running sums, edges repeated: cost does not depend on the radius.
 * @param source width × height values
 * @param target same size; may be `source` itself
 * @param scratch same size, overwritten
 */
export function boxMean(
  source: Float32Array,
  target: Float32Array,
  scratch: Float32Array,
  width: number,
  height: number,
  radius: number,
): void {
  const weight = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = source[row]! * (radius + 1);
    for (let x = 1; x <= radius; x++) sum += source[row + Math.min(x, width - 1)]!;
    for (let x = 0; x < width; x++) {
      scratch[row + x] = sum * weight;
      sum += source[row + Math.min(x + radius + 1, width - 1)]! - source[row + Math.max(x - radius, 0)]!;
    }
  }
  const sums = new Float64Array(width);
  for (let x = 0; x < width; x++) {
    let sum = scratch[x]! * (radius + 1);
    for (let y = 1; y <= radius; y++) sum += scratch[Math.min(y, height - 1) * width + x]!;
    sums[x] = sum;
  }
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const incoming = Math.min(y + radius + 1, height - 1) * width;
    const outgoing = Math.max(y - radius, 0) * width;
    for (let x = 0; x < width; x++) {
      target[row + x] = sums[x]! * weight;
      sums[x]! += scratch[incoming + x]! - scratch[outgoing + x]!;
    }
  }
}

/** Mean over a window of those values whose mask is set; 0 where the window holds none. */
export function maskedBoxMean(
  source: Float32Array,
  mask: Float32Array,
  width: number,
  height: number,
  radius: number,
): Float32Array {
  const scratch = new Float32Array(source.length);
  const weighted = source.map((value, k) => value * mask[k]!);
  const share = new Float32Array(source.length);
  boxMean(weighted, weighted, scratch, width, height, radius);
  boxMean(mask, share, scratch, width, height, radius);
  for (let k = 0; k < weighted.length; k++) weighted[k] = share[k]! > 1e-6 ? weighted[k]! / share[k]! : 0;
  return weighted;
}
