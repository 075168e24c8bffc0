import type { Box } from '../geometry/index.js';
import type { Placement } from './placement.js';
import type { Rgba } from './rgba.js';

/**
 * Draws a part, scaled and turned, into a window of the photo, averaging over the area of each photo pixel.
 * @param expose linear light, 0..1, for an sRGB value of the part and a channel 0..2
 * @returns premultiplied linear RGBA, `window.width × window.height × 4`
 */
export function resamplePart(
  part: Rgba,
  { center: [cx, cy], angleDeg, longSidePx }: Placement,
  window: Box,
  expose: (value: number, channel: number) => number,
): Float32Array {
  const table = [0, 1, 2].map((c) => Float32Array.from({ length: 256 }, (_, v) => expose(v, c)));
  const perPixel = Math.max(part.width, part.height) / longSidePx;
  // As many samples a photo pixel as it covers part pixels, at least 3 × 3 for smooth edges.
  const samples = Math.min(16, Math.max(3, Math.ceil(perPixel)));
  const angle = (angleDeg * Math.PI) / 180;
  const cos = Math.cos(angle) * perPixel;
  const sin = Math.sin(angle) * perPixel;
  const out = new Float32Array(window.width * window.height * 4);
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      let a = 0;
      for (let j = 0; j < samples; j++) {
        const dy = window.y + y + (j + 0.5) / samples - 0.5 - cy;
        for (let i = 0; i < samples; i++) {
          const dx = window.x + x + (i + 0.5) / samples - 0.5 - cx;
          const u = Math.floor(part.width / 2 + dx * cos + dy * sin);
          const v = Math.floor(part.height / 2 - dx * sin + dy * cos);
          if (u < 0 || v < 0 || u >= part.width || v >= part.height) continue;
          const k = (v * part.width + u) * 4;
          const alpha = part.data[k + 3]! / 255;
          r += alpha * table[0]![part.data[k]!]!;
          g += alpha * table[1]![part.data[k + 1]!]!;
          b += alpha * table[2]![part.data[k + 2]!]!;
          a += alpha;
        }
      }
      const k = (y * window.width + x) * 4;
      const n = samples * samples;
      out[k] = r / n;
      out[k + 1] = g / n;
      out[k + 2] = b / n;
      out[k + 3] = a / n;
    }
  }
  return out;
}
