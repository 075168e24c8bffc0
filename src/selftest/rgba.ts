/** A picture of a part seen from above: RGBA, 8 bits a channel, straight (not premultiplied) alpha, row after row. */
export interface Rgba {
  data: Uint8Array;
  width: number;
  height: number;
}

/**
 * Wraps pixels and checks that their number fits.
 * @throws RangeError naming the expected and the given length
 */
export function rgba(data: Uint8Array, width: number, height: number): Rgba {
  const expected = width * height * 4;
  if (data.length !== expected) {
    throw new RangeError(`rgba: expected ${width}×${height}×4 = ${expected} bytes, got ${data.length}`);
  }
  return { data, width, height };
}
