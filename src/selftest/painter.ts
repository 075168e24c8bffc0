import type { Random } from './random.js';
import { type Rgba, rgba } from './rgba.js';

/** sRGB, 0..255. */
export type Colour = readonly [number, number, number];

/** How a shape is shaded; lengths in millimetres. */
export interface ShapeStyle {
  colour: Colour;
  /** Corner radius. */
  radius?: number;
  /** Width of the rounded rim that catches or loses light. */
  rim?: number;
  /** Strength of the rim's light, 0 flat to 1. */
  relief?: number;
  /** Brightness change from one end to the other, as a share: a broad sheen. */
  sheen?: number;
  /** Strength of broken reflections, as on solder and bare metal: 0 none, 1 from black to burnt out. */
  gloss?: number;
  /** How opaque it is, 0..1. */
  opacity?: number;
  /** Standard deviation of fine mottling, sRGB. */
  mottle?: number;
}

/** Paints shapes in millimetres about the middle of a transparent picture, later ones over earlier ones. */
export interface Painter {
  rectangle(cx: number, cy: number, width: number, height: number, style: ShapeStyle): void;
  ellipse(cx: number, cy: number, width: number, height: number, style: ShapeStyle): void;
  /** A row of marking characters made of seven strokes, `height` tall, centred. */
  marking(cx: number, cy: number, height: number, characters: number, colour: Colour, opacity?: number): void;
  picture(): Rgba;
}

// Strokes of a seven-segment figure in a 1 × 2 cell: x1, y1, x2, y2.
const SEGMENTS = [
  [0, 0, 1, 0],
  [1, 0, 1, 1],
  [1, 1, 1, 2],
  [0, 2, 1, 2],
  [0, 1, 0, 2],
  [0, 0, 0, 1],
  [0, 1, 1, 1],
] as const;
const FIGURES = [
  0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f, 0x77, 0x7c, 0x39, 0x79, 0x71, 0x76,
];

/** Bright and dark patches about half as large as the shape, -0.8 to 1.5: what surrounds a curved mirror. */
function reflections(halfSize: number, random: Random): (x: number, y: number) => number {
  const waves = Array.from({ length: 3 }, () => {
    const angle = random.range(0, 2 * Math.PI);
    const k = random.range(1.2, 3) / halfSize;
    return [Math.cos(angle) * k, Math.sin(angle) * k, random.range(0, 2 * Math.PI)] as const;
  });
  return (x, y) => {
    let sum = 0;
    for (const [kx, ky, phase] of waves) sum += Math.sin(x * kx + y * ky + phase);
    return sum > 0 ? sum * 0.5 : sum * 0.27;
  };
}

/**
 * Starts a painting.
 * @param widthMm size of the picture
 * @param pxPerMm resolution
 */
export function createPainter(widthMm: number, heightMm: number, pxPerMm: number, random: Random): Painter {
  const width = Math.max(1, Math.round(widthMm * pxPerMm));
  const height = Math.max(1, Math.round(heightMm * pxPerMm));
  const data = new Uint8Array(width * height * 4);
  // Light comes from one side, the same for all shapes of a part.
  const lightAngle = random.range(0, 2 * Math.PI);
  const light = [Math.cos(lightAngle), Math.sin(lightAngle)] as const;

  /** `distance` is signed, in millimetres, negative inside; its slope gives the rim's direction. */
  const paint = (
    [cx, cy]: readonly [number, number],
    [halfWidth, halfHeight]: readonly [number, number],
    distance: (x: number, y: number) => number,
    style: ShapeStyle,
  ) => {
    const { rim = 0, relief = 0, sheen = 0, gloss = 0, opacity = 1, mottle = 0 } = style;
    const reflection = gloss > 0 ? reflections(Math.min(halfWidth, halfHeight), random) : null;
    const toPx = (mm: number, size: number) => size / 2 + mm * pxPerMm;
    const left = Math.max(0, Math.floor(toPx(cx - halfWidth, width)) - 1);
    const right = Math.min(width, Math.ceil(toPx(cx + halfWidth, width)) + 1);
    const top = Math.max(0, Math.floor(toPx(cy - halfHeight, height)) - 1);
    const bottom = Math.min(height, Math.ceil(toPx(cy + halfHeight, height)) + 1);
    const step = 0.5 / pxPerMm;
    for (let py = top; py < bottom; py++) {
      const y = (py + 0.5 - height / 2) / pxPerMm - cy;
      for (let px = left; px < right; px++) {
        const x = (px + 0.5 - width / 2) / pxPerMm - cx;
        const d = distance(x, y);
        const cover = Math.min(1, Math.max(0, 0.5 - d * pxPerMm)) * opacity;
        if (cover <= 0) continue;
        let shade = 1 + sheen * ((x * light[0]) / halfWidth + (y * light[1]) / halfHeight) * 0.5;
        if (rim > 0 && d > -rim) {
          const nx = distance(x + step, y) - distance(x - step, y);
          const ny = distance(x, y + step) - distance(x, y - step);
          const facing = (nx * light[0] + ny * light[1]) / Math.max(1e-9, Math.hypot(nx, ny));
          shade += relief * facing * (1 + d / rim);
        }
        if (reflection) shade *= 1 + gloss * reflection(x, y);
        const grain = mottle > 0 ? mottle * random.normal() : 0;
        const k = (py * width + px) * 4;
        const below = data[k + 3]! / 255;
        const alpha = cover + below * (1 - cover);
        for (let c = 0; c < 3; c++) {
          const value = Math.min(255, Math.max(0, style.colour[c]! * shade + grain));
          data[k + c] = Math.round((value * cover + data[k + c]! * below * (1 - cover)) / alpha);
        }
        data[k + 3] = Math.round(255 * alpha);
      }
    }
  };

  const rectangle: Painter['rectangle'] = (cx, cy, w, h, style) => {
    const radius = Math.min(style.radius ?? 0, w / 2, h / 2);
    const distance = (x: number, y: number) => {
      const qx = Math.abs(x) - w / 2 + radius;
      const qy = Math.abs(y) - h / 2 + radius;
      return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
    };
    paint([cx, cy], [w / 2, h / 2], distance, style);
  };

  return {
    rectangle,
    ellipse: (cx, cy, w, h, style) => {
      const distance = (x: number, y: number) =>
        (Math.hypot((2 * x) / w, (2 * y) / h) - 1) * (Math.min(w, h) / 2);
      paint([cx, cy], [w / 2, h / 2], distance, style);
    },
    marking: (cx, cy, markHeight, characters, colour, opacity = 0.6) => {
      const cell = markHeight / 2;
      const stroke = markHeight * 0.13;
      const pitch = cell * 1.5;
      for (let n = 0; n < characters; n++) {
        const x0 = cx + (n - (characters - 1) / 2) * pitch - cell / 2;
        const figure = random.pick(FIGURES);
        SEGMENTS.forEach(([x1, y1, x2, y2], k) => {
          if (((figure >> k) & 1) === 0) return;
          const middle = [x0 + ((x1 + x2) / 2) * cell, cy - markHeight / 2 + ((y1 + y2) / 2) * cell] as const;
          const w = Math.abs(x2 - x1) * cell + stroke;
          const h = Math.abs(y2 - y1) * cell + stroke;
          rectangle(middle[0], middle[1], w, h, { colour, radius: stroke / 2, opacity });
        });
      }
    },
    picture: () => rgba(data, width, height),
  };
}
