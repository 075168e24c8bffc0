import type { Raster } from '../photo/index.js';
import type { ModelContract } from './contract.js';
import { decoders } from './decoders/index.js';
import { Candidates, type Detections } from './detections.js';
import { merge } from './merge.js';
import type { Runtime } from './runtime.js';
import { fillInput, layTiles, roundUp, scaledCopy, type Tile } from './tiles.js';

/** More parts than any board carries; a model that sees more sees noise. */
export const MAX_DETECTIONS = 20_000;
/** A box this near to an inner edge of its tile is cut off: the neighbouring tile sees the part whole. */
const EDGE = 2;
/** Boxes that reach beyond this share of the overlap may not fit a tile whole, so edges say nothing of them. */
const WHOLE_SHARE = 1;

/** Options of a detection. */
export interface DetectOptions {
  /** Part scores below this are left out, 0 to 1; default: the contract's `score`. */
  threshold?: number;
}

/**
 * Finds parts in a photo: tile by tile at full resolution, and again in smaller copies for parts larger than a
 * tile's overlap, merged into one list.
 * @param photo RGB
 */
export async function detectParts(
  photo: Raster,
  contract: ModelContract,
  runtime: Runtime,
  { threshold = contract.thresholds.score }: DetectOptions = {},
): Promise<Detections> {
  const all = new Candidates();
  const { input } = contract;
  if (input.resize !== 'tile') {
    await detectWhole(photo, contract, runtime, threshold, all);
  } else {
    for (const scale of input.scales) {
      // A photo smaller than a tile gains nothing from a smaller copy.
      if (scale < 1 && Math.max(photo.width, photo.height) * scale < input.tile / 4) continue;
      const copy = await scaledCopy(photo, scale);
      await detectTiled(copy, photo.width / copy.width, photo.height / copy.height, contract, runtime, threshold, all);
    }
  }
  return merge(all, contract.thresholds.nmsIou, contract.classes, MAX_DETECTIONS);
}

async function detectTiled(
  picture: Raster,
  scaleX: number,
  scaleY: number,
  contract: ModelContract,
  runtime: Runtime,
  threshold: number,
  all: Candidates,
): Promise<void> {
  const { tile: side, overlap, multipleOf } = contract.input;
  const width = roundUp(Math.min(side, picture.width), multipleOf);
  const height = roundUp(Math.min(side, picture.height), multipleOf);
  const buffer = new Float32Array(3 * width * height);
  for (const tile of layTiles(picture.width, picture.height, side, overlap)) {
    fillInput(picture, tile, contract.input, buffer, width, height);
    const found = await runTile(buffer, width, height, contract, runtime, threshold);
    keepWhole(found, tile, overlap, scaleX, scaleY, all);
  }
}

/** Adds a tile's candidates, but for those that an inner edge of the tile cuts off. */
function keepWhole(
  found: Candidates,
  tile: Tile,
  overlap: number,
  scaleX: number,
  scaleY: number,
  all: Candidates,
): void {
  const { corners: c } = found;
  const [left, top, right, bottom] = tile.outer;
  for (let k = 0; k < found.count; k++) {
    const x1 = Math.max(0, c[4 * k]!);
    const y1 = Math.max(0, c[4 * k + 1]!);
    const x2 = Math.min(tile.width, c[4 * k + 2]!);
    const y2 = Math.min(tile.height, c[4 * k + 3]!);
    const cutAcross = (!left && x1 < EDGE) || (!right && x2 > tile.width - EDGE);
    const cutAlong = (!top && y1 < EDGE) || (!bottom && y2 > tile.height - EDGE);
    // A part longer than the overlap may be cut in every tile; then a piece is better than nothing.
    const fits = overlap * WHOLE_SHARE;
    if ((cutAcross && x2 - x1 < fits) || (cutAlong && y2 - y1 < fits)) continue;
    all.add(
      (tile.x + x1) * scaleX,
      (tile.y + y1) * scaleY,
      (tile.x + x2) * scaleX,
      (tile.y + y2) * scaleY,
      found.scores[k]!,
      found.classes[k]!,
      found.classScores[k]!,
    );
  }
}

/** For models that take the whole photo at once: shrunk to fit (letterbox) or stretched. */
async function detectWhole(
  photo: Raster,
  contract: ModelContract,
  runtime: Runtime,
  threshold: number,
  all: Candidates,
): Promise<void> {
  const side = contract.input.tile;
  const fit = side / Math.max(photo.width, photo.height);
  const stretch = contract.input.resize === 'stretch';
  const copy = await scaledCopy(photo, stretch ? side / photo.width : fit, stretch ? side / photo.height : fit);
  const buffer = new Float32Array(3 * side * side);
  const whole: Tile = { x: 0, y: 0, width: copy.width, height: copy.height, outer: [true, true, true, true] };
  fillInput(copy, whole, contract.input, buffer, side, side);
  const found = await runTile(buffer, side, side, contract, runtime, threshold);
  keepWhole(found, whole, 0, photo.width / copy.width, photo.height / copy.height, all);
}

async function runTile(
  buffer: Float32Array,
  width: number,
  height: number,
  contract: ModelContract,
  runtime: Runtime,
  threshold: number,
): Promise<Candidates> {
  const { output } = contract;
  const outputs = await runtime.run({ [contract.input.name]: { data: buffer, dims: [1, 3, height, width] } });
  const found = new Candidates();
  decoders[output.decoder](
    {
      output: outputs[output.name]!,
      scores: output.scoresName ? outputs[output.scoresName]! : null,
      contract,
      tileWidth: width,
      tileHeight: height,
      threshold,
    },
    found,
  );
  return found;
}
