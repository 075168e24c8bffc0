import type { PlainTensor } from './runtime.js';

/**
 * A picture that every language can make exactly: value(x, y, c) = ((7x + 13y + 29c + 5·((x·y) mod 17)) mod 256)
 * / 255, before the contract's range, mean and std.
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

/**
 * Compares the first rows of a model's output with those that its contract expects.
 * @returns null when they agree, else a sentence that says where they do not
 */
export function goldenDifference(
  output: PlainTensor,
  expect: readonly (readonly number[])[],
  tolerance: number,
): string | null {
  const width = output.dims.at(-1) ?? 0;
  for (const [row, values] of expect.entries()) {
    for (const [column, expected] of values.entries()) {
      const got = output.data[row * width + column];
      // Pixel coordinates are large numbers, scores small ones: tolerance is relative above 1.
      if (got === undefined || !(Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
        return `golden output, row ${row}, column ${column}: expected ${expected}, got ${got ?? 'nothing'}`;
      }
    }
  }
  return null;
}
