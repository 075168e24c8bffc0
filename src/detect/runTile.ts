import { UserError } from '../errors.js';
import type { Raster } from '../photo/index.js';
import type { Candidates } from './candidates.js';
import type { DetectContract } from './contract.js';
import { decoders, readTables } from './decoders/index.js';
import { fillInput, type InputSize } from './preprocess.js';
import type { Runtime } from './runtime.js';
import type { Tile } from './tiles.js';

/** What stays the same from tile to tile. */
export interface TileRun {
  contract: DetectContract;
  runtime: Runtime;
  /** Part scores below this are left out. */
  threshold: number;
  /** The model's input, reused; at least 3 · width · height values. */
  buffer: Float32Array;
}

/**
 * Shows the model one tile.
 * @param into emptied, then filled with what the model sees, in pixels of the tile
 * @throws UserError when the output does not fit the contract, or holds scores or boxes that are no numbers: left out
 *   silently, a broken model would pass for an empty board
 */
export async function runTile(
  { contract, runtime, threshold, buffer }: TileRun,
  picture: Raster,
  tile: Tile,
  size: InputSize,
  into: Candidates,
): Promise<void> {
  const { width, height } = size;
  const input = buffer.subarray(0, 3 * width * height);
  fillInput(picture, tile, contract.input, input, size);
  const outputs = await runtime.run({ [contract.input.name]: { data: input, dims: [1, 3, height, width] } });
  into.clear();
  const tables = readTables(outputs, contract);
  decoders[contract.output.decoder]({ ...tables, contract, width, height, threshold }, into);
  if (into.notNumbers > 0) {
    throw new UserError(
      `model ${contract.name}: expected finite numbers, got ${into.notNumbers} boxes with NaN or infinite values`,
      'Check the model with: boardiff model check FILE',
    );
  }
}
