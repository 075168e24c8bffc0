/** sRGB byte to linear light 0..1. Source: IEC 61966-2-1. */
const LINEAR = Float32Array.from({ length: 256 }, (_, k) => {
  const v = k / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/** Linear light of an sRGB value, 0..255 with fractions, as 0..1. */
export function toLinear(value: number): number {
  const v = Math.min(255, Math.max(0, value));
  const low = Math.floor(v);
  const high = Math.min(255, low + 1);
  return LINEAR[low]! + (LINEAR[high]! - LINEAR[low]!) * (v - low);
}

/** sRGB value, 0..255 with fractions, of linear light; light outside 0..1 is clipped. */
export function fromLinear(light: number): number {
  const v = Math.min(1, Math.max(0, light));
  return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
}

/** Brightness of an RGB triple on its own scale (BT.601 luma). */
export function luma(r: number, g: number, b: number): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

/** CIELAB (D65, 2°) of an sRGB triple, 0..255. Source: CIE 15:2004. */
export function labOf(r: number, g: number, b: number): [l: number, a: number, b: number] {
  const lr = toLinear(r);
  const lg = toLinear(g);
  const lb = toLinear(b);
  const x = labCurve((0.4124 * lr + 0.3576 * lg + 0.1805 * lb) / 0.9505);
  const y = labCurve(0.2126 * lr + 0.7152 * lg + 0.0722 * lb);
  const z = labCurve((0.0193 * lr + 0.1192 * lg + 0.9505 * lb) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function labCurve(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
}
