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

/** The picture without its clear margins; a picture that is clear altogether stays as it is. */
export function trim(picture: Rgba): Rgba {
  const { data, width, height } = picture;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[(y * width + x) * 4 + 3]! < 128) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  if (right <= left) return picture;
  const cut = new Uint8Array((right - left) * (bottom - top) * 4);
  for (let y = top; y < bottom; y++) {
    cut.set(data.subarray((y * width + left) * 4, (y * width + right) * 4), (y - top) * (right - left) * 4);
  }
  return rgba(cut, right - left, bottom - top);
}
