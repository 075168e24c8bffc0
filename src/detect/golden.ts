/**
 * The pattern "lattice-1", a picture that every language can make exactly: value(x, y, c) = ((7x + 13y + 29c +
 * 5·((x·y) mod 17)) mod 256) / 255, as 8-bit pixels, before the contract's range, mean and std.
 * @returns RGB, interleaved; c is 0 for red
 */
export function latticePattern(width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, k = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++, k++) rgb[k] = (x * 7 + y * 13 + c * 29 + ((x * y) % 17) * 5) % 256;
    }
  }
  return rgb;
}

/** A number that is not what a contract expects. */
export interface GoldenDifference {
  row: number;
  column: number;
  expected: number;
  /** Undefined where the output has no such number. */
  got: number | undefined;
}

/**
 * Compares a model's first rows with those that its contract expects.
 * @param tolerance absolute for numbers up to 1, relative above: pixel coordinates are large, scores small
 * @returns the first number that differs, null when there is none
 */
export function goldenDifference(
  rows: readonly (readonly number[])[],
  expect: readonly (readonly number[])[],
  tolerance: number,
): GoldenDifference | null {
  for (const [row, values] of expect.entries()) {
    for (const [column, expected] of values.entries()) {
      const got = rows[row]?.[column];
      // Negated, so that NaN differs.
      if (got === undefined || !(Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
        return { row, column, expected, got };
      }
    }
  }
  return null;
}
