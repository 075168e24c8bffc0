import type { Raster } from '../photo/index.js';
import type { DetectContract } from './contract.js';
import type { Tile, TileSize } from './tiles.js';

/** Size of a model's input, in pixels. */
export interface InputSize {
  width: number;
  height: number;
}

/**
 * Size of the input for pictures of a size: a whole tile, or less where the picture is smaller and the model takes it.
 * @param tile that pictures are cut into
 * @param multipleOf what the model's sides are multiples of
 * @param fixed the size that the model insists on, null where it takes any
 */
export function inputSizeFor(
  width: number,
  height: number,
  tile: TileSize,
  multipleOf: number,
  fixed: InputSize | null,
): InputSize {
  if (fixed) return fixed;
  const side = (length: number, most: number) => Math.ceil(Math.min(most, length) / multipleOf) * multipleOf;
  return { width: side(width, tile.width), height: side(height, tile.height) };
}

/**
 * Copies one tile into the model's input, channel plane by channel plane; what it does not fill becomes the contract's
 * `pad`. A value v of 0 to 255 becomes `(range[0] + v / 255 · (range[1] − range[0]) − mean) / std`.
 * @param into at least 3 · width · height values
 */
export function fillInput(
  picture: Raster,
  tile: Tile,
  { color, range, mean, std, pad }: Pick<DetectContract['input'], 'color' | 'range' | 'mean' | 'std' | 'pad'>,
  into: Float32Array,
  { width, height }: InputSize,
): void {
  const plane = width * height;
  const step = picture.channels;
  const unit = (range[1] - range[0]) / 255;
  const padded = tile.width < width || tile.height < height;
  for (let c = 0; c < 3; c++) {
    const from = step === 1 ? 0 : color === 'RGB' ? c : 2 - c;
    const gain = unit / std[c]!;
    const offset = (range[0] - mean[c]!) / std[c]!;
    if (padded) into.fill(pad * gain + offset, c * plane, (c + 1) * plane);
    for (let y = 0; y < tile.height; y++) {
      let source = ((tile.y + y) * picture.width + tile.x) * step + from;
      let target = c * plane + y * width;
      for (const end = target + tile.width; target < end; target++, source += step) {
        into[target] = picture.data[source]! * gain + offset;
      }
    }
  }
}
