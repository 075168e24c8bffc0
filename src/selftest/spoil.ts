import type { Box } from '../geometry/index.js';
import { cutOut, type Raster } from '../photo/index.js';
import { gaussianBlur } from './gaussianBlur.js';
import type { Random } from './random.js';

/** What spoils photos on a bench. */
export const SPOILS = ['glare', 'veil', 'blur', 'motion', 'shadow', 'hand', 'cable', 'crop'] as const;
export type Spoil = (typeof SPOILS)[number];

/** How much of a place a spoilt photo lets one judge. */
export const GOOD = 0;
export const DOUBTFUL = 1;
export const LOST = 2;

/** A photo that something was done to. */
export interface SpoiltPhoto {
  photo: Raster;
  /** One byte a pixel of the photo as it was: `GOOD`, `DOUBTFUL` (nobody is asked) or `LOST`. */
  state: Uint8Array;
  /** What is left of the photo as it was; all of it but for `crop`. */
  window: Box;
}

/**
 * Spoils a place of a photo, as lamps, hands and hasty shots do, and tells which pixels nobody could judge any more.
 * @param photo RGB
 * @param board where the board is, photo pixels; sizes go by its shorter side
 */
export function spoilPhoto(photo: Raster, spoil: Spoil, board: Box, random: Random): SpoiltPhoto {
  const { width, height } = photo;
  const window = { x: 0, y: 0, width, height };
  const state = new Uint8Array(width * height);
  if (spoil === 'crop') return cropped(photo, board, state, random);
  const out: Raster = { ...photo, data: new Uint8Array(photo.data) };
  const place = placeIn(board, random);
  if (spoil === 'glare' || spoil === 'veil') shine(out, state, place, spoil, random);
  else if (spoil === 'blur') soften(out, state, place, random);
  else if (spoil === 'motion') smear(out, state, place, random);
  else if (spoil === 'shadow') darken(out, state, place, random);
  else cover(out, state, spoil === 'hand' ? fingers(board, random) : cable(board, random), random);
  return { photo: out, state, window };
}

/** An ellipse on the board. */
interface Place {
  x: number;
  y: number;
  radiusX: number;
  radiusY: number;
}

function placeIn(board: Box, random: Random): Place {
  const side = Math.min(board.width, board.height);
  return {
    x: board.x + board.width * random.range(0.2, 0.8),
    y: board.y + board.height * random.range(0.2, 0.8),
    radiusX: side * random.range(0.12, 0.25),
    radiusY: side * random.range(0.12, 0.25),
  };
}

/** Distance from the middle of an ellipse, 1 on its rim. */
const reach = ({ x, y, radiusX, radiusY }: Place, px: number, py: number) =>
  Math.hypot((px - x) / radiusX, (py - y) / radiusY);

/** Calls `visit` for every pixel up to `most` radii from a place's middle. */
function around(
  { width, height }: Raster,
  place: Place,
  most: number,
  visit: (pixel: number, distance: number, x: number, y: number) => void,
): void {
  const left = Math.max(0, Math.floor(place.x - most * place.radiusX));
  const right = Math.min(width - 1, Math.ceil(place.x + most * place.radiusX));
  const top = Math.max(0, Math.floor(place.y - most * place.radiusY));
  const bottom = Math.min(height - 1, Math.ceil(place.y + most * place.radiusY));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const distance = reach(place, x, y);
      if (distance <= most) visit(y * width + x, distance, x, y);
    }
  }
}

/** A lamp mirrored in the mask burns out what it adds to; a veil takes contrast away before anything is burnt out. */
function shine(out: Raster, state: Uint8Array, place: Place, spoil: 'glare' | 'veil', random: Random): void {
  const strength = spoil === 'glare' ? random.range(330, 600) : random.range(0.93, 0.98);
  around(out, place, 2.6, (k, distance) => {
    const fade = Math.exp(-(distance ** 4));
    let burnt = 0;
    for (let c = 3 * k; c < 3 * k + 3; c++) {
      const value = out.data[c]!;
      const lit = spoil === 'glare' ? value + strength * fade : value + strength * fade * (235 - value);
      if (lit >= 255) burnt++;
      out.data[c] = Math.min(255, Math.round(lit));
    }
    const lost = spoil === 'glare' ? burnt === 3 : strength * fade > 0.9;
    const touched = spoil === 'glare' ? strength * fade > 20 : strength * fade > 0.1;
    mark(state, k, lost ? LOST : touched ? DOUBTFUL : GOOD);
  });
}

/** Out of focus: details below about twice the blur are gone. */
function soften(out: Raster, state: Uint8Array, place: Place, random: Random): void {
  const area = areaOf(out, place, 1.5);
  const piece = cutOut(out, area);
  const sigma = random.range(4, 7);
  const soft = gaussianBlur(Float32Array.from(piece.data), area.width, area.height, 3, sigma);
  around(out, place, 1.4, (k, distance, x, y) => {
    const share = Math.min(1, Math.max(0, (1.4 - distance) / 0.2));
    const from = 3 * ((y - area.y) * area.width + x - area.x);
    for (let c = 0; c < 3; c++) {
      out.data[3 * k + c] = Math.round((1 - share) * out.data[3 * k + c]! + share * soft[from + c]!);
    }
    mark(state, k, share === 1 ? LOST : DOUBTFUL);
  });
}

/** Moved while the shutter was open. */
function smear(out: Raster, state: Uint8Array, place: Place, random: Random): void {
  const length = random.integer(14, 24);
  const angle = random.range(0, Math.PI);
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const from = out.data.slice();
  around(out, place, 1.4, (k, distance, x, y) => {
    const share = Math.min(1, Math.max(0, (1.4 - distance) / 0.2));
    const sum = [0, 0, 0];
    for (let t = 0; t < length; t++) {
      const px = Math.min(out.width - 1, Math.max(0, Math.round(x + (t - length / 2) * dx)));
      const py = Math.min(out.height - 1, Math.max(0, Math.round(y + (t - length / 2) * dy)));
      for (let c = 0; c < 3; c++) sum[c]! += from[3 * (py * out.width + px) + c]!;
    }
    for (let c = 0; c < 3; c++) {
      out.data[3 * k + c] = Math.round((1 - share) * from[3 * k + c]! + (share * sum[c]!) / length);
    }
    mark(state, k, share === 1 ? LOST : DOUBTFUL);
  });
}

/** So dark that the sensor's noise is as strong as what it shows. */
function darken(out: Raster, state: Uint8Array, place: Place, random: Random): void {
  const left = random.range(0.02, 0.06);
  const noise = random.range(1.5, 3);
  around(out, place, 1.5, (k, distance) => {
    const share = Math.min(1, Math.max(0, (1.5 - distance) / 0.15));
    const grain = noise * share;
    for (let c = 3 * k; c < 3 * k + 3; c++) {
      const value = out.data[c]! * (1 - share * (1 - left)) + grain * random.normal();
      out.data[c] = Math.min(255, Math.max(0, Math.round(value)));
    }
    mark(state, k, share === 1 ? LOST : DOUBTFUL);
  });
}

/** Something round that lies over the board: a line of points with a radius. */
interface Tube {
  points: [number, number][];
  radius: number;
  color: [number, number, number];
}

function fingers(board: Box, random: Random): Tube[] {
  const side = Math.min(board.width, board.height);
  const tone = random.range(0.35, 1);
  const color: Tube['color'] = [225 * tone, 172 * tone, 140 * tone];
  const fromLeft = random.next() < 0.5;
  const reachTo = random.range(0.2, 0.4) * board.width;
  const first = board.y + board.height * random.range(0.15, 0.6);
  const radius = side * random.range(0.045, 0.07);
  const edge = fromLeft ? board.x - 3 * radius : board.x + board.width + 3 * radius;
  const tip = fromLeft ? board.x + reachTo : board.x + board.width - reachTo;
  return Array.from({ length: random.integer(2, 4) }, (_, k) => {
    const y = first + 2.05 * k * radius;
    const end = tip + random.range(-1, 1) * radius;
    return {
      points: [
        [edge, y + random.range(-1, 1) * radius],
        [(edge + end) / 2, y],
        [end, y + random.range(-0.5, 0.5) * radius],
      ],
      radius,
      color,
    };
  });
}

function cable(board: Box, random: Random): Tube[] {
  const side = Math.min(board.width, board.height);
  const color = random.pick<Tube['color']>([
    [25, 25, 28],
    [190, 30, 30],
    [225, 225, 220],
    [30, 60, 170],
    [215, 190, 40],
  ]);
  const count = random.integer(1, 3);
  const radius = side * random.range(0.02, 0.035);
  const start = board.y + board.height * random.range(0.2, 0.8);
  const end = board.y + board.height * random.range(0.2, 0.8);
  const bend = board.height * random.range(-0.2, 0.2);
  return Array.from({ length: count }, (_, n) => ({
    points: Array.from({ length: 24 }, (_, k): [number, number] => {
      const t = k / 23;
      const y = start + (end - start) * t + bend * Math.sin(2 * Math.PI * t) + 2.1 * n * radius;
      return [board.x + board.width * t, y];
    }),
    radius,
    color,
  }));
}

/** Paints tubes with their shading, a soft shadow beside them, and a grain of their own. */
function cover(out: Raster, state: Uint8Array, tubes: readonly Tube[], random: Random): void {
  for (const tube of tubes) {
    for (const [k, distance] of distancesTo(tube, out.width, out.height)) {
      if (distance <= 1) {
        const shade = 0.45 + 0.55 * Math.sqrt(1 - distance ** 2);
        for (let c = 0; c < 3; c++) {
          const value = tube.color[c]! * shade + 4 * random.normal();
          out.data[3 * k + c] = Math.min(255, Math.max(0, Math.round(value)));
        }
        // The rim may show what lies beside it.
        state[k] = distance < 0.85 ? LOST : Math.max(state[k]!, DOUBTFUL);
      } else if (state[k] === GOOD) {
        for (let c = 3 * k; c < 3 * k + 3; c++) out.data[c] = out.data[c]! * (0.5 + 0.28 * distance);
        state[k] = DOUBTFUL;
      }
    }
  }
}

/** Radii beside a tube that its shadow reaches. */
const SHADOW = 1.8;

/** Pixels near a tube with their distance from the line along its middle, in radii: each once, wherever the line bends. */
function distancesTo({ points, radius }: Tube, width: number, height: number): Map<number, number> {
  const near = new Map<number, number>();
  for (const [a, b] of points.slice(1).map((point, k) => [points[k]!, point] as const)) {
    const margin = SHADOW * radius;
    const left = Math.max(0, Math.floor(Math.min(a[0], b[0]) - margin));
    const right = Math.min(width - 1, Math.ceil(Math.max(a[0], b[0]) + margin));
    const top = Math.max(0, Math.floor(Math.min(a[1], b[1]) - margin));
    const bottom = Math.min(height - 1, Math.ceil(Math.max(a[1], b[1]) + margin));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const distance = toSegment(x, y, a, b) / radius;
        const pixel = y * width + x;
        if (distance < SHADOW && distance < (near.get(pixel) ?? SHADOW)) near.set(pixel, distance);
      }
    }
  }
  return near;
}

function toSegment(x: number, y: number, [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const t =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

/** A part of the board stays out of the picture. */
function cropped(photo: Raster, board: Box, state: Uint8Array, random: Random): SpoiltPhoto {
  const share = random.range(0.15, 0.35);
  const side = random.integer(0, 3);
  const window = { x: 0, y: 0, width: photo.width, height: photo.height };
  if (side === 0) window.x = Math.round(board.x + share * board.width);
  if (side === 1) window.width = Math.round(board.x + (1 - share) * board.width);
  if (side === 2) window.y = Math.round(board.y + share * board.height);
  if (side === 3) window.height = Math.round(board.y + (1 - share) * board.height);
  window.width -= window.x;
  window.height -= window.y;
  for (let y = 0; y < photo.height; y++) {
    const inside = y >= window.y && y < window.y + window.height;
    for (let x = 0; x < photo.width; x++) {
      if (!inside || x < window.x || x >= window.x + window.width) state[y * photo.width + x] = LOST;
    }
  }
  return { photo: cutOut(photo, window), state, window };
}

function areaOf({ width, height }: Raster, { x, y, radiusX, radiusY }: Place, most: number): Box {
  const left = Math.max(0, Math.floor(x - most * radiusX));
  const top = Math.max(0, Math.floor(y - most * radiusY));
  return {
    x: left,
    y: top,
    width: Math.min(width, Math.ceil(x + most * radiusX) + 1) - left,
    height: Math.min(height, Math.ceil(y + most * radiusY) + 1) - top,
  };
}

function mark(state: Uint8Array, pixel: number, value: number): void {
  if (value > state[pixel]!) state[pixel] = value;
}
