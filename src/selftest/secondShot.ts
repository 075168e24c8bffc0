import {
  boundingBox,
  compose,
  type Homography,
  homographyFromPoints,
  invert,
  mapPoint,
  type Point,
  scaling,
  translation,
} from '../geometry/index.js';
import { type Raster, throughJpeg } from '../photo/index.js';
import { blurWeights, PHASES, TAPS } from './blurWeights.js';
import { fromLinear, toLinear } from './colour.js';
import type { Random } from './random.js';

/** A simulated second shot and where it shows what the first one shows. */
export interface SecondShot {
  photo: Raster;
  /** Pixels of the second shot → pixels of the first. */
  homography: Homography;
}

/** Most turn, degrees, and most tilt: how much longer one edge of the board appears than the opposite one. */
const TURN = 3;
const TILT = 0.03;
/** Exposure and white balance, as factors of linear light around 1. */
const EXPOSURE = 0.18;
const BALANCE = 0.05;
/** Blur, as the standard deviation of a Gaussian in pixels: a lens and a hand of middling quality. */
const BLUR = [0.5, 0.8] as const;
/** Noise, as the standard deviation of an sRGB level. */
const NOISE = [1.5, 3] as const;
const JPEG_QUALITY = 90;

/**
 * What a second hand-held photo of a board may look like: a little turned, tilted and further away, in other light, with
 * blur, noise and JPEG of its own. It is kinder than a real one: the scene is flat, so no tall part moves against the board.
 * @param photo RGB
 * @param board corners of the board in it; all of them stay in the frame, 1 % of the shorter side from its edges
 */
export async function secondShot(
  photo: Raster,
  board: readonly Point[],
  random: Random,
): Promise<SecondShot> {
  const toSecond = fitting(viewpoint(photo, random), board, photo);
  const homography = invert(toSecond);
  const exposure = 1 + random.range(-EXPOSURE, EXPOSURE);
  const light = [0, 1, 2].map(() => exposure * (1 + random.range(-BALANCE, BALANCE)));
  const shot = shoot(photo, homography, random.range(...BLUR), light, random.range(...NOISE), random);
  return { photo: await throughJpeg(shot, JPEG_QUALITY), homography };
}

/** Another viewpoint: the frame's corners turned about its middle and moved as a tilted camera sees them. */
function viewpoint({ width, height }: Raster, random: Random): Homography {
  const turn = (random.range(-TURN, TURN) * Math.PI) / 180;
  const tiltX = random.range(-TILT, TILT);
  const tiltY = random.range(-TILT, TILT);
  const size = random.range(0.94, 0.99);
  const from: Point[] = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  const to = from.map(([x, y]): Point => {
    const dx = x - width / 2;
    const dy = y - height / 2;
    const near = size * (1 + (tiltX * dx) / width + (tiltY * dy) / height);
    return [
      width / 2 + near * (dx * Math.cos(turn) - dy * Math.sin(turn)),
      height / 2 + near * (dx * Math.sin(turn) + dy * Math.cos(turn)),
    ];
  });
  return homographyFromPoints(from, to);
}

/** The same view, shifted and if need be from further away, so that the whole board is in the frame. */
function fitting(view: Homography, board: readonly Point[], { width, height }: Raster): Homography {
  const margin = 0.01 * Math.min(width, height);
  const box = boundingBox(board.map((corner) => mapPoint(view, corner)));
  const scale = Math.min(1, (width - 2 * margin) / box.width, (height - 2 * margin) / box.height);
  const shift = (start: number, size: number, room: number) =>
    Math.min(Math.max(scale * start, margin), room - margin - scale * size) - scale * start;
  const back = translation(shift(box.x, box.width, width), shift(box.y, box.height, height));
  return compose(back, compose(scaling(scale), view));
}

/** Noise is drawn once into a table and read from a random place in every row. */
const NOISE_TABLE = 1 << 16;
/** Steps of an sRGB level at which other light is worked out. */
const STEPS = 8;

/** Takes the picture: geometry and blur in one pass, then light, then noise. What lies beyond the frame is its edge, drawn out. */
function shoot(
  { data, width, height }: Raster,
  homography: Homography,
  blurPx: number,
  light: readonly number[],
  noise: number,
  random: Random,
): Raster {
  const weights = blurWeights(blurPx);
  const levels = light.map((factor) =>
    Float32Array.from({ length: 255 * STEPS + 1 }, (_, k) => fromLinear(toLinear(k / STEPS) * factor)),
  );
  const grain = Float32Array.from({ length: NOISE_TABLE }, () => noise * random.normal());
  const out = new Uint8Array(width * height * 3);
  const reach = TAPS / 2 - 1;
  const columns = new Int32Array(TAPS);
  const [a, b, c, d, e, f, g, h, i] = homography;
  for (let y = 0; y < height; y++) {
    const first = random.integer(0, NOISE_TABLE - 1);
    for (let x = 0; x < width; x++) {
      const w = g * x + h * y + i;
      const u = (a * x + b * y + c) / w;
      const v = (d * x + e * y + f) / w;
      const u0 = Math.floor(u);
      const v0 = Math.floor(v);
      const across = Math.floor((u - u0) * PHASES) * TAPS;
      const down = Math.floor((v - v0) * PHASES) * TAPS;
      // Columns once for all rows: 36 samples a pixel are the time that this takes.
      for (let k = 0; k < TAPS; k++) columns[k] = 3 * clamp(u0 - reach + k, width);
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let j = 0; j < TAPS; j++) {
        const row = 3 * clamp(v0 - reach + j, height) * width;
        const ofRow = weights[down + j]!;
        for (let k = 0; k < TAPS; k++) {
          const weight = ofRow * weights[across + k]!;
          const at = row + columns[k]!;
          red += weight * data[at]!;
          green += weight * data[at + 1]!;
          blue += weight * data[at + 2]!;
        }
      }
      const at = (y * width + x) * 3;
      const n = first + 3 * x;
      out[at] = level(levels[0]![(red * STEPS + 0.5) | 0]! + grain[n % NOISE_TABLE]!);
      out[at + 1] = level(levels[1]![(green * STEPS + 0.5) | 0]! + grain[(n + 1) % NOISE_TABLE]!);
      out[at + 2] = level(levels[2]![(blue * STEPS + 0.5) | 0]! + grain[(n + 2) % NOISE_TABLE]!);
    }
  }
  return { data: out, width, height, channels: 3 };
}

function clamp(at: number, length: number): number {
  return at < 0 ? 0 : at < length ? at : length - 1;
}

function level(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
