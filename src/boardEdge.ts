import type { ChangeRegion } from './compare/index.js';
import { type Box, growBox, insidePolygon, type Point, pixelBox } from './geometry/index.js';
import type { Raster } from './photo/index.js';

/** How far from the outline an edge may seem to lie, as a share of the frame's longer side. */
const REACH = 0.025;
/** Share of a difference that must look like the table in one picture, and in the other, for it to be the board's edge. */
const MOSTLY = 0.4;
const PARTLY = 0.15;
/** Share of the board around it that may look like the table. More of it in both pictures, and the colour tells nothing. */
const UNLIKE = 0.3;
/** A pixel looks like the table within so many standard deviations of it, and so many grey levels more. */
const DEVIATIONS = 2;
const LEVELS = 10;
/** Pixels of the table that must be known, and how many are looked at in one box. */
const LEAST_PIXELS = 50;
const MOST_PIXELS = 4000;

/**
 * Tells the board's own edge from differences. Where tall parts stand at the edge, local alignment follows their tops,
 * and the edge below lies a few pixels elsewhere than in the golden photo: more board in one, more table in the other. A
 * part on the board lies where the golden photo shows no table.
 * @param outline of the board, pixels of the frame
 * @returns whether a difference near the outline shows the table that lies beside it, partly in both pictures and mostly in one
 */
export function boardEdge(
  outline: readonly Point[],
  golden: Raster,
  photo: Raster,
): (region: ChangeRegion) => boolean {
  const reach = REACH * Math.max(golden.width, golden.height);
  return ({ box }) => {
    const around = pixelBox(growBox(box, reach), golden.width, golden.height);
    const within = pixelBox(box, golden.width, golden.height);
    if (!around || !within) return false;
    const onBoard = (point: Point) => insidePolygon(outline, point);
    const table = offsetsOf(around, golden.width, (point) => !onBoard(point));
    if (table.length < LEAST_PIXELS) return false;
    const inside = offsetsOf(within, golden.width);
    const beside = offsetsOf(around, golden.width, (point) => !isWithin(box, point) && onBoard(point));
    const pictures = [golden, photo];
    const shares = pictures.map((picture) => shareLike(picture, table, inside));
    if (Math.max(...shares) < MOSTLY || Math.min(...shares) < PARTLY) return false;
    return pictures.some((picture) => shareLike(picture, table, beside) < UNLIKE);
  };
}

function isWithin(box: Box, [x, y]: Point): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

/**
 * Pixels of a box, every second across and down or fewer, as their places among all pixels.
 * @param wanted which of them; default: all
 */
function offsetsOf(box: Box, width: number, wanted?: (point: Point) => boolean): Int32Array {
  const step = Math.max(2, Math.ceil(Math.sqrt((box.width * box.height) / MOST_PIXELS)));
  const offsets = new Int32Array(Math.ceil(box.width / step) * Math.ceil(box.height / step));
  let count = 0;
  for (let y = box.y; y < box.y + box.height; y += step) {
    for (let x = box.x; x < box.x + box.width; x += step) {
      if (!wanted || wanted([x, y])) offsets[count++] = y * width + x;
    }
  }
  return offsets.subarray(0, count);
}

/** Share of some pixels that have the colour of others. Black ones lie beyond the photo and say nothing. */
function shareLike({ data }: Raster, others: Int32Array, pixels: Int32Array): number {
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  let count = 0;
  for (const pixel of others) {
    const k = 3 * pixel;
    if (data[k]! + data[k + 1]! + data[k + 2]! < 10) continue;
    count++;
    for (let c = 0; c < 3; c++) {
      sums[c]! += data[k + c]!;
      squares[c]! += data[k + c]! ** 2;
    }
  }
  if (count < LEAST_PIXELS) return 0;
  const means = sums.map((sum) => sum / count);
  const widths = squares.map(
    (sum, c) => DEVIATIONS * Math.sqrt(Math.max(0, sum / count - means[c]! ** 2)) + LEVELS,
  );
  let like = 0;
  for (const pixel of pixels) {
    const k = 3 * pixel;
    let all = true;
    for (let c = 0; c < 3; c++) all &&= Math.abs(data[k + c]! - means[c]!) <= widths[c]!;
    if (all) like++;
  }
  return pixels.length > 0 ? like / pixels.length : 0;
}
