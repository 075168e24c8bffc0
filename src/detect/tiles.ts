import { type Raster, resize } from '../photo/index.js';
import type { ModelContract } from './contract.js';

/** A square of the photo as the model sees it. */
export interface Tile {
  /** Top-left corner and size of the content, in pixels of the picture it is cut from. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Whether each edge is an edge of the picture too (left, top, right, bottom). */
  outer: [boolean, boolean, boolean, boolean];
}

/** Starts of overlapping tiles along one side, evenly spread, the last one ending at the edge. */
function starts(length: number, tile: number, overlap: number): number[] {
  if (length <= tile) return [0];
  const count = Math.ceil((length - overlap) / (tile - overlap));
  return Array.from({ length: count }, (_, k) => Math.round((k * (length - tile)) / (count - 1)));
}

/** Cuts a picture's area into overlapping tiles, row by row. A picture smaller than a tile gives one. */
export function layTiles(width: number, height: number, tile: number, overlap: number): Tile[] {
  const shared = Math.min(overlap, tile - 1);
  const tiles: Tile[] = [];
  for (const y of starts(height, tile, shared)) {
    for (const x of starts(width, tile, shared)) {
      const w = Math.min(tile, width - x);
      const h = Math.min(tile, height - y);
      tiles.push({ x, y, width: w, height: h, outer: [x === 0, y === 0, x + w === width, y + h === height] });
    }
  }
  return tiles;
}

/** Smallest multiple of `step` that holds `length`. */
export function roundUp(length: number, step: number): number {
  return Math.ceil(length / step) * step;
}

/**
 * Copies one tile into the model's input, channel by channel; what lies beyond the picture is mid grey.
 * @param into 3 · inputWidth · inputHeight values
 */
export function fillInput(
  picture: Raster,
  tile: Tile,
  { color, range, mean, std }: ModelContract['input'],
  into: Float32Array,
  inputWidth: number,
  inputHeight: number,
): void {
  const plane = inputWidth * inputHeight;
  const unit = (range[1] - range[0]) / 255;
  for (let c = 0; c < 3; c++) {
    const from = color === 'RGB' ? c : 2 - c;
    const gain = unit / std[c]!;
    const offset = (range[0] - mean[c]!) / std[c]!;
    into.fill(128 * gain + offset, c * plane, (c + 1) * plane);
    for (let y = 0; y < tile.height; y++) {
      let source = ((tile.y + y) * picture.width + tile.x) * 3 + from;
      let target = c * plane + y * inputWidth;
      for (const end = target + tile.width; target < end; target++, source += 3) {
        into[target] = picture.data[source]! * gain + offset;
      }
    }
  }
}

/** A copy of the photo at a scale of its pyramid, or for models that want the whole photo in one tile. */
export async function scaledCopy(photo: Raster, scaleX: number, scaleY = scaleX): Promise<Raster> {
  if (scaleX === 1 && scaleY === 1) return photo;
  return resize(
    photo,
    Math.max(1, Math.round(photo.width * scaleX)),
    Math.max(1, Math.round(photo.height * scaleY)),
  );
}
