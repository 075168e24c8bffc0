import { UserError } from '../errors.js';
import type { Box } from '../geometry/index.js';
import { type Raster, resize } from '../photo/index.js';
import type { ChangeContract } from './changeContract.js';
import { type ChangeMap, NO_CHANGE } from './changeMap.js';
import { fillInput, type InputSize, inputSizeFor } from './preprocess.js';
import type { Runtime } from './runtime.js';
import { layTiles, type Tile, tileSizeFor } from './tiles.js';

/**
 * Compares two pictures of one frame tile by tile. Where tiles overlap, the one whose edge is farther away is believed.
 * @param reference RGB
 * @param photo RGB, laid onto the reference, same size
 * @param where grey, the frame in any size; cells whose middle is zero in it are left out, and so are tiles
 * @param scale size in which both are looked at: 0.5 sees half the pixels, 1.5 enlarges small parts
 * @throws UserError when the model gives something else than its contract says
 */
export async function findChanges(
  reference: Raster,
  photo: Raster,
  where: Raster,
  scale: number,
  contract: ChangeContract,
  runtime: Runtime,
): Promise<ChangeMap> {
  const width = Math.max(1, Math.round(reference.width * scale));
  const height = Math.max(1, Math.round(reference.height * scale));
  const [before, after] =
    scale === 1
      ? [reference, photo]
      : await Promise.all([resize(reference, width, height), resize(photo, width, height)]);
  const { input, output } = contract;
  const { stride } = output;
  const columns = Math.ceil(width / stride);
  const rows = Math.ceil(height / stride);
  const map: ChangeMap = {
    columns,
    rows,
    cell: stride / scale,
    added: new Float32Array(columns * rows).fill(NO_CHANGE),
    removed: new Float32Array(columns * rows).fill(NO_CHANGE),
  };
  const asked = askedCells(where, reference.width, reference.height, map);
  const depth = new Int32Array(columns * rows).fill(-1);
  const window = askedWindow(asked, map, stride, { width, height }, input.overlap);
  if (!window) return map;
  const tiles = tileSizeFor(window.width, window.height, input.tile, input.overlap, input.multipleOf);
  const size = inputSizeFor(window.width, window.height, tiles, input.multipleOf, null);
  const length = 3 * size.width * size.height;
  const feeds = { reference: new Float32Array(length), photo: new Float32Array(length) };
  for (const tile of layTiles(window, tiles, input.overlap, stride)) {
    if (!anyAsked(asked, columns, tile, stride)) continue;
    fillInput(before, tile, { ...input, pad: 0 }, feeds.reference, size);
    fillInput(after, tile, { ...input, pad: 0 }, feeds.photo, size);
    const dims = [1, 3, size.height, size.width];
    const outputs = await runtime.run({
      [input.names.reference]: { data: feeds.reference, dims },
      [input.names.photo]: { data: feeds.photo, dims },
    });
    const result = outputs[output.name]?.data;
    const expected = (2 * size.width * size.height) / stride ** 2;
    if (!result || result.length !== expected) {
      throw new UserError(
        `model ${contract.name}: expected ${expected} numbers in "${output.name}", got ${result?.length ?? 'none'}`,
        'Check the model with: boardiff model check FILE',
      );
    }
    keepTile(result, tile, size, stride, asked, depth, map);
  }
  const broken = [map.added, map.removed].flatMap((values) => values.find((v) => !Number.isFinite(v)) ?? []);
  if (broken.length > 0) {
    throw new UserError(
      `model ${contract.name}: expected finite numbers, got ${broken[0]}`,
      'Check the model with: boardiff model check FILE',
    );
  }
  return map;
}

/** One byte a cell: whether the middle of the cell is asked about. */
function askedCells(
  where: Raster,
  width: number,
  height: number,
  { columns, rows, cell }: ChangeMap,
): Uint8Array {
  const asked = new Uint8Array(columns * rows);
  // The pixel of the frame that a cell's middle lies in, and the mask's pixel that this lies in.
  const place = (at: number, length: number, of: number) =>
    Math.floor(((Math.min(length - 1, Math.floor((at + 0.5) * cell)) + 0.5) * of) / length);
  for (let row = 0; row < rows; row++) {
    const y = place(row, height, where.height);
    for (let column = 0; column < columns; column++) {
      const x = place(column, width, where.width);
      if (where.data[y * where.width + x]) asked[row * columns + column] = 1;
    }
  }
  return asked;
}

/**
 * The smallest window with all cells that are asked about, and half an overlap around them so that none lies at its edge:
 * tiles over more of the frame would look at table. In pixels of the pictures that the model sees; null for no cell.
 */
function askedWindow(
  asked: Uint8Array,
  { columns, rows }: ChangeMap,
  stride: number,
  { width, height }: { width: number; height: number },
  overlap: number,
): Box | null {
  let [left, top, right, bottom] = [columns, rows, -1, -1];
  for (let row = 0; row < rows; row++) {
    const first = asked.subarray(row * columns, (row + 1) * columns).indexOf(1);
    if (first < 0) continue;
    const last = asked.subarray(row * columns, (row + 1) * columns).lastIndexOf(1);
    left = Math.min(left, first);
    right = Math.max(right, last);
    top = Math.min(top, row);
    bottom = row;
  }
  if (bottom < 0) return null;
  const around = Math.ceil(overlap / 2 / stride);
  const x = Math.max(0, left - around) * stride;
  const y = Math.max(0, top - around) * stride;
  return {
    x,
    y,
    width: Math.min(width, (right + 1 + around) * stride) - x,
    height: Math.min(height, (bottom + 1 + around) * stride) - y,
  };
}

function anyAsked(asked: Uint8Array, columns: number, tile: Tile, stride: number): boolean {
  const left = Math.floor(tile.x / stride);
  const right = Math.ceil((tile.x + tile.width) / stride);
  for (let row = Math.floor(tile.y / stride); row < Math.ceil((tile.y + tile.height) / stride); row++) {
    if (asked.subarray(row * columns + left, row * columns + right).includes(1)) return true;
  }
  return false;
}

function keepTile(
  result: Float32Array,
  tile: Tile,
  size: InputSize,
  stride: number,
  asked: Uint8Array,
  depth: Int32Array,
  { columns, added, removed }: ChangeMap,
): void {
  const across = size.width / stride;
  const plane = across * (size.height / stride);
  const [left, top, right, bottom] = tile.shared;
  const lastColumn = Math.ceil(tile.width / stride) - 1;
  const lastRow = Math.ceil(tile.height / stride) - 1;
  for (let y = 0; y <= lastRow; y++) {
    for (let x = 0; x <= lastColumn; x++) {
      const at = (tile.y / stride + y) * columns + tile.x / stride + x;
      if (asked[at] === 0) continue;
      // The picture's own edge is no seam: only edges that a neighbour reaches across count.
      const inside = Math.min(
        left > 0 ? x : Infinity,
        top > 0 ? y : Infinity,
        right > 0 ? lastColumn - x : Infinity,
        bottom > 0 ? lastRow - y : Infinity,
        1e6,
      );
      if (inside <= depth[at]!) continue;
      depth[at] = inside;
      added[at] = result[y * across + x]!;
      removed[at] = result[plane + y * across + x]!;
    }
  }
}
