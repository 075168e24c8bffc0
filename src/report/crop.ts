import {
  type Box,
  compose,
  type Homography,
  identity,
  mapPoint,
  scaling,
  translation,
} from '../geometry/index.js';
import type { Raster } from '../photo/index.js';

/** Samples a side that one pixel of a shrunken crop is averaged from, at most. */
const MOST_SAMPLES = 8;

/** What a crop shows where the picture shows nothing. */
const NOTHING = [38, 43, 48] as const;

/**
 * Cuts a place out of a picture and scales it, through a mapping if one is given. Enlarges bilinearly, averages over
 * the area when it shrinks.
 * @param place in the coordinates that `toPicture` starts from
 * @param width of the crop in pixels; its height follows the place
 * @param toPicture maps the place's coordinates to pixels of the picture; default: they are the same
 * @returns RGB crop, dark grey where the picture shows nothing
 */
export function crop(picture: Raster, place: Box, width: number, toPicture: Homography = identity): Raster {
  const scale = place.width / width;
  const height = Math.max(1, Math.round(place.height / scale));
  const mapping = compose(toPicture, compose(translation(place.x, place.y), scaling(scale)));
  const [a, b, c, d, e, f, g, h, i] = mapping;
  const samples = samplesASide(mapping, width, height);
  const step = 1 / samples;
  const share = step * step;
  const data = new Uint8Array(3 * width * height);
  const { data: from, width: w, height: rows, channels } = picture;
  const second = channels === 3 ? 1 : 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let v = y + step / 2; v < y + 1; v += step) {
        for (let u = x + step / 2; u < x + 1; u += step) {
          const z = g * u + h * v + i;
          const px = (a * u + b * v + c) / z - 0.5;
          const py = (d * u + e * v + f) / z - 0.5;
          if (!(px > -1 && py > -1 && px < w && py < rows)) {
            red += NOTHING[0];
            green += NOTHING[1];
            blue += NOTHING[2];
            continue;
          }
          const x0 = px < 0 ? 0 : Math.floor(px);
          const y0 = py < 0 ? 0 : Math.floor(py);
          const fx = px < 0 ? 0 : px - x0;
          const fy = py < 0 ? 0 : py - y0;
          const nw = (y0 * w + x0) * channels;
          const ne = x0 + 1 < w ? nw + channels : nw;
          const sw = y0 + 1 < rows ? nw + w * channels : nw;
          const se = sw + ne - nw;
          const k1 = (1 - fx) * (1 - fy);
          const k2 = fx * (1 - fy);
          const k3 = (1 - fx) * fy;
          const k4 = fx * fy;
          red += k1 * from[nw]! + k2 * from[ne]! + k3 * from[sw]! + k4 * from[se]!;
          const p = second;
          green += k1 * from[nw + p]! + k2 * from[ne + p]! + k3 * from[sw + p]! + k4 * from[se + p]!;
          const q = 2 * second;
          blue += k1 * from[nw + q]! + k2 * from[ne + q]! + k3 * from[sw + q]! + k4 * from[se + q]!;
        }
      }
      data[at] = red * share + 0.5;
      data[at + 1] = green * share + 0.5;
      data[at + 2] = blue * share + 0.5;
    }
  }
  return { data, width, height, channels: 3 };
}

/** How many picture pixels one crop pixel spans in its middle, along its longer direction. */
function samplesASide(mapping: Homography, width: number, height: number): number {
  const [x, y] = mapPoint(mapping, [width / 2, height / 2]);
  const [ax, ay] = mapPoint(mapping, [width / 2 + 1, height / 2]);
  const [bx, by] = mapPoint(mapping, [width / 2, height / 2 + 1]);
  const span = Math.max(Math.hypot(ax - x, ay - y), Math.hypot(bx - x, by - y));
  return Number.isFinite(span) ? Math.min(MOST_SAMPLES, Math.max(1, Math.round(span))) : 1;
}

/** A square around a box, `context` times its longer side but at least `least`, moved into the frame if it fits. */
export function squareAround(
  box: Box,
  context: number,
  least: number,
  frame: { width: number; height: number },
): Box {
  const side = Math.max(least, context * Math.max(box.width, box.height));
  const into = (middle: number, end: number) => Math.max(0, Math.min(middle - side / 2, end - side));
  const x = side > frame.width ? (frame.width - side) / 2 : into(box.x + box.width / 2, frame.width);
  const y = side > frame.height ? (frame.height - side) / 2 : into(box.y + box.height / 2, frame.height);
  return { x, y, width: side, height: side };
}
