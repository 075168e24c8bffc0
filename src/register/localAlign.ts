import { type Raster, toGrey } from '../photo/index.js';
import { loadOpenCv } from './opencv.js';
import { trackCorners } from './refine.js';

/** Spacing of the displacement field in pixels of the frame. */
const SPACING = 32;
/** Radius within which tracked corners vote on a displacement. */
const VOTE_RADIUS = 56;
/** Fewest votes that are listened to; with fewer the field takes its neighbours' word. */
const MIN_VOTES = 4;
/** Tall parts lie up to some 40 px off. */
const TRACKING = { corners: 6000, halvings: 3 };
/** Larger displacements than this share of the frame are tracks gone astray. */
const MAX_SHIFT = 0.02;
const SMOOTHING_ROUNDS = 12;

/** A smooth displacement field over a frame: where in the photo-in-frame each frame pixel is found. */
export interface DisplacementField {
  columns: number;
  rows: number;
  spacing: number;
  /** Pixels to the right, row after row. */
  dx: Float32Array;
  /** Pixels down, row after row. */
  dy: Float32Array;
  /** Number of corners that voted at each node; 0 where the field was filled in from around. */
  votes: Uint16Array;
}

/**
 * Finds the last few pixels between a registered photo and the reference: tall parts shift against the board between two
 * viewpoints, and lenses bend. Each node of the field takes the median of the corners tracked around it, so a part
 * that was added or removed, with few corners among many, cannot pull it along.
 * @param reference RGB or grey, frame size
 * @param photo RGB, warped into the frame
 * @param mask one byte a pixel, non-zero where both show the board
 */
export async function alignLocally(
  reference: Raster,
  photo: Raster,
  mask: Uint8Array,
): Promise<DisplacementField> {
  const { cv } = await loadOpenCv();
  const pairs = trackCorners(cv, toGrey(reference), toGrey(photo), mask, TRACKING);
  return voteField(reference.width, reference.height, pairs.from, pairs.to);
}

/** The field by local medians of tracked corners. */
function voteField(width: number, height: number, from: Float32Array, to: Float32Array): DisplacementField {
  const columns = Math.ceil(width / SPACING) + 1;
  const rows = Math.ceil(height / SPACING) + 1;
  const field: DisplacementField = {
    columns,
    rows,
    spacing: SPACING,
    dx: new Float32Array(columns * rows),
    dy: new Float32Array(columns * rows),
    votes: new Uint16Array(columns * rows),
  };
  const limit = MAX_SHIFT * Math.max(width, height);
  const ballots: [number[], number[]][] = Array.from({ length: columns * rows }, () => [[], []]);
  const reach = Math.ceil(VOTE_RADIUS / SPACING);
  for (let k = 0; k < to.length; k += 2) {
    const dx = from[k]! - to[k]!;
    const dy = from[k + 1]! - to[k + 1]!;
    if (Math.hypot(dx, dy) > limit) continue;
    const column = Math.round(to[k]! / SPACING);
    const row = Math.round(to[k + 1]! / SPACING);
    for (let j = Math.max(0, row - reach); j <= Math.min(rows - 1, row + reach); j++) {
      for (let i = Math.max(0, column - reach); i <= Math.min(columns - 1, column + reach); i++) {
        if (Math.hypot(i * SPACING - to[k]!, j * SPACING - to[k + 1]!) > VOTE_RADIUS) continue;
        ballots[j * columns + i]![0].push(dx);
        ballots[j * columns + i]![1].push(dy);
      }
    }
  }
  for (let k = 0; k < ballots.length; k++) {
    const [xs, ys] = ballots[k]!;
    if (xs.length < MIN_VOTES) continue;
    field.votes[k] = xs.length;
    field.dx[k] = median(xs);
    field.dy[k] = median(ys);
  }
  fillIn(field);
  return field;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1]!;
}

/** Nodes without votes relax towards the mean of their neighbours (Jacobi iteration of Laplace's equation). */
function fillIn({ columns, rows, dx, dy, votes }: DisplacementField): void {
  for (const plane of [dx, dy]) {
    for (let round = 0; round < SMOOTHING_ROUNDS; round++) {
      const before = plane.slice();
      for (let j = 0; j < rows; j++) {
        for (let i = 0; i < columns; i++) {
          const k = j * columns + i;
          if (votes[k]! > 0) continue;
          let sum = 0;
          let count = 0;
          for (const [di, dj] of NEIGHBOURS) {
            if (i + di < 0 || i + di >= columns || j + dj < 0 || j + dj >= rows) continue;
            sum += before[k + dj * columns + di]!;
            count++;
          }
          plane[k] = sum / count;
        }
      }
    }
  }
}

const NEIGHBOURS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;

/** Where a frame point is found in the photo-in-frame, by bilinear interpolation of the field. */
export function displacementAt(field: DisplacementField, x: number, y: number): [number, number] {
  const { columns, rows, spacing, dx, dy } = field;
  const u = Math.min(columns - 1.001, Math.max(0, x / spacing));
  const v = Math.min(rows - 1.001, Math.max(0, y / spacing));
  const k = Math.floor(v) * columns + Math.floor(u);
  const fu = u % 1;
  const fv = v % 1;
  const mix = (plane: Float32Array) =>
    (1 - fv) * ((1 - fu) * plane[k]! + fu * plane[k + 1]!) +
    fv * ((1 - fu) * plane[k + columns]! + fu * plane[k + columns + 1]!);
  return [mix(dx), mix(dy)];
}
