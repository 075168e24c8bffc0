/** Gaussian blur of interleaved planes; edges repeat. Returns a new array; `sigma` below 0.15 px only copies. */
export function gaussianBlur(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  sigma: number,
): Float32Array {
  if (sigma < 0.15) return data.slice();
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const weights = new Float32Array(2 * reach + 1);
  let sum = 0;
  for (let k = -reach; k <= reach; k++) sum += weights[k + reach] = Math.exp((-k * k) / (2 * sigma * sigma));
  const middle = new Float32Array(data.length);
  const out = new Float32Array(data.length);
  const pass = (
    from: Float32Array,
    to: Float32Array,
    along: number,
    length: number,
    across: number,
    lines: number,
  ) => {
    for (let line = 0; line < lines; line++) {
      for (let at = 0; at < length; at++) {
        for (let c = 0; c < channels; c++) {
          const base = line * across + c;
          let total = 0;
          for (let k = -reach; k <= reach; k++) {
            const place = at + k < 0 ? 0 : at + k < length ? at + k : length - 1;
            total += weights[k + reach]! * from[base + place * along]!;
          }
          to[base + at * along] = total / sum;
        }
      }
    }
  };
  pass(data, middle, channels, width, width * channels, height);
  pass(middle, out, width * channels, height, channels, width);
  return out;
}
