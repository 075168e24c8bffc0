import { type Box, pixelBox, scaleBox } from '../geometry/index.js';
import { type Raster, resize } from '../photo/index.js';
import { Candidates } from './candidates.js';
import type { DetectContract } from './contract.js';
import { type CopyScale, keepFromTile } from './cutBoxes.js';
import type { Detections } from './detections.js';
import { merge } from './merge.js';
import { inputSizeFor } from './preprocess.js';
import { runTile, type TileRun } from './runTile.js';
import { fixedInput, type Runtime } from './runtime.js';
import { layTiles, type TileSize, tileSizeFor, wholeTile } from './tiles.js';

/** More parts than any board carries; a model that sees more sees noise. */
const MAX_DETECTIONS = 20_000;

/** Options of a detection. */
export interface DetectOptions {
  /** Part scores below this are left out, 0 to 1; default: the contract's `thresholds.score`. */
  threshold?: number;
  /** The best so many are kept, 1 to 20,000; default: 20,000. */
  maxDetections?: number;
  /**
   * The place to look in, photo pixels; default: the whole photo. Parts that it cuts are cut, and a model that takes a
   * whole photo at once looks everywhere.
   */
  within?: Box;
}

/**
 * Finds parts in a photo: tile by tile at full resolution, and again in smaller copies for parts larger than the
 * overlap of two tiles, merged into one list.
 * @param photo RGB or grey
 * @throws UserError when the model's output does not fit its contract or holds no numbers; RangeError for options
 */
export async function detectParts(
  photo: Raster,
  contract: DetectContract,
  runtime: Runtime,
  {
    threshold = contract.thresholds.score,
    maxDetections = MAX_DETECTIONS,
    within = wholeTile(photo.width, photo.height),
  }: DetectOptions = {},
): Promise<Detections> {
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(`detectParts: expected a threshold of 0 to 1, got ${threshold}`);
  }
  if (!(Number.isInteger(maxDetections) && maxDetections >= 1 && maxDetections <= MAX_DETECTIONS)) {
    throw new RangeError(`detectParts: expected 1 to ${MAX_DETECTIONS} maxDetections, got ${maxDetections}`);
  }
  const { tile, multipleOf, resize: fit } = contract.input;
  const fixed = fixedInput(runtime, contract.input.name);
  const largest = inputSizeFor(tile, tile, square(tile), multipleOf, fixed);
  const run: TileRun = {
    contract,
    runtime,
    threshold,
    buffer: new Float32Array(3 * largest.width * largest.height),
  };
  const all = new Candidates();
  if (fit === 'tile') await detectInTiles(photo, within, run, all);
  else await detectAtOnce(photo, run, all);
  return merge(all, contract.thresholds.nmsIou, contract.classes, maxDetections);
}

async function detectInTiles(photo: Raster, within: Box, run: TileRun, all: Candidates): Promise<void> {
  const place = pixelBox(within, photo.width, photo.height);
  if (!place) return;
  const { input, thresholds } = run.contract;
  const { tile: side, overlap, multipleOf } = input;
  const fixed = fixedInput(run.runtime, input.name);
  const longer = Math.max(place.width, place.height);
  const found = new Candidates();
  let larger: number | null = null;
  for (const scale of [...input.scales].sort((a, b) => b - a)) {
    // A copy that fitted into one tile has shown every part whole: a smaller one shows nothing more.
    if (larger !== null && longer * larger <= side) break;
    const copy = await scaledCopy(photo, scale, scale);
    const window = pixelBox(scaleBox(place, scale), copy.width, copy.height);
    // Less than a pixel of the copy: nothing is to be seen of it.
    if (!window) continue;
    // What the model takes whole anyway is filled.
    const tiles = fixed ? square(side) : tileSizeFor(window.width, window.height, side, overlap, multipleOf);
    const size = inputSizeFor(window.width, window.height, tiles, multipleOf, fixed);
    const toPhoto: CopyScale = {
      x: photo.width / copy.width,
      y: photo.height / copy.height,
      // Half an overlap fits whole into some tile of the larger copy, which places it better.
      smallest: larger === null ? 0 : ((overlap / 2) * scale) / larger,
    };
    for (const tile of layTiles(window, tiles, overlap)) {
      await runTile(run, copy, tile, size, found);
      keepFromTile(found, tile, toPhoto, thresholds.nmsIou, all);
    }
    larger = scale;
  }
}

/** For models that take the whole photo at once: shrunk or enlarged to fit (letterbox), or stretched. */
async function detectAtOnce(photo: Raster, run: TileRun, all: Candidates): Promise<void> {
  const { input, thresholds } = run.contract;
  const { tile: side } = input;
  const fit = side / Math.max(photo.width, photo.height);
  const stretch = input.resize === 'stretch';
  const copy = await scaledCopy(
    photo,
    stretch ? side / photo.width : fit,
    stretch ? side / photo.height : fit,
  );
  const fixed = fixedInput(run.runtime, input.name);
  const size = inputSizeFor(side, side, square(side), input.multipleOf, fixed);
  const found = new Candidates();
  const tile = wholeTile(copy.width, copy.height);
  await runTile(run, copy, tile, size, found);
  const toPhoto: CopyScale = { x: photo.width / copy.width, y: photo.height / copy.height, smallest: 0 };
  keepFromTile(found, tile, toPhoto, thresholds.nmsIou, all);
}

async function scaledCopy(photo: Raster, scaleX: number, scaleY: number): Promise<Raster> {
  const width = Math.max(1, Math.round(photo.width * scaleX));
  const height = Math.max(1, Math.round(photo.height * scaleY));
  return resize(photo, width, height);
}

function square(side: number): TileSize {
  return { width: side, height: side };
}
