import { type Box, boxCorners, growBox, intersectionArea, pixelBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { type Edit, meanDeltaE } from './blend.js';
import { drawPads } from './pads.js';
import { placementCenter } from './placement.js';
import { plantPart } from './plant.js';
import type { Random } from './random.js';

/** Pixels of surface around a removed part that the filling has to agree with. */
const RING = 3;

/** Pixels over which the filling fades in, outside the part. */
const FADE = 2.5;

/** How a part is removed. */
export interface RemoveOptions {
  /** Boxes that the filling must not be taken from: the other parts. Default none. */
  parts?: readonly Box[];
  /** Where the filling may be taken from: one byte a pixel, non-zero on the board. Default everywhere. */
  board?: Uint8Array;
  /** Whether bare pads with a rest of solder stay behind, at the two ends of the box. Default no. */
  pads?: boolean;
}

/**
 * Takes a part off a copy of a photo: fills its box with bare surface from nearby, bent smoothly so that it meets the
 * surroundings without a seam. The place for the filling is the one whose rim agrees best and that is least busy.
 * The seam follows the membrane of Pérez et al., Poisson image editing, SIGGRAPH 2003.
 * @param box the part, photo pixels; it and its rim are clipped to the photo
 * @throws RangeError when the box touches the photo's border or no filling fits into the photo
 */
export function removePart(
  photo: Raster,
  box: Box,
  random: Random,
  { parts = [], board, pads = false }: RemoveOptions = {},
): Edit {
  const { width, height } = photo;
  const hole = pixelBox(growBox(box, FADE), width - RING, height - RING);
  if (!hole || hole.x < RING || hole.y < RING) {
    throw new RangeError(
      `removePart: expected a box ${RING} px or more inside the photo, got ${JSON.stringify(box)}`,
    );
  }
  const [dx, dy] = findSource(photo, hole, parts, board, random);
  const outer = { x: hole.x - 1, y: hole.y - 1, width: hole.width + 2, height: hole.height + 2 };
  const correction = new Float32Array(outer.width * outer.height * 3);
  for (let y = 0; y < outer.height; y++) {
    for (let x = 0; x < outer.width; x++) {
      if (!onRim(x, y, outer)) continue;
      for (let c = 0; c < 3; c++) {
        // The rim's difference without its grain: a mean over the 3 × 3 neighbourhood.
        let sum = 0;
        for (let j = -1; j <= 1; j++) {
          for (let i = -1; i <= 1; i++) {
            const at = ((outer.y + y + j) * width + outer.x + x + i) * 3 + c;
            sum += photo.data[at]! - photo.data[at + (dy * width + dx) * 3]!;
          }
        }
        correction[(y * outer.width + x) * 3 + c] = sum / 9;
      }
    }
  }
  tame(correction, outer);
  relax(correction, outer);
  const data = new Uint8Array(photo.data); // not slice: a Buffer would share its memory
  for (let y = 1; y < outer.height - 1; y++) {
    for (let x = 1; x < outer.width - 1; x++) {
      const at = ((outer.y + y) * width + outer.x + x) * 3;
      const share = Math.min(1, Math.min(x, y, outer.width - 1 - x, outer.height - 1 - y) / (FADE + 0.5));
      for (let c = 0; c < 3; c++) {
        const value =
          photo.data[at + c + (dy * width + dx) * 3]! + correction[(y * outer.width + x) * 3 + c]!;
        const mixed = photo.data[at + c]! * (1 - share) + value * share;
        data[at + c] = Math.round(Math.min(255, Math.max(0, mixed)));
      }
    }
  }
  let bare: Raster = { ...photo, data };
  if (pads) {
    const picture = drawPads(box.width, box.height, random);
    const longSidePx = Math.max(box.width, box.height);
    bare = plantPart(bare, picture, { center: placementCenter(box), angleDeg: 0, longSidePx }, random, {
      light: null,
    }).photo;
  }
  return { photo: bare, box, visibility: meanDeltaE(photo, bare, box) };
}

/** Keeps the rim within 20 levels of its median: a pad or a letter that the box cuts must not bleed into the filling. */
function tame(values: Float32Array, outer: Box): void {
  for (let c = 0; c < 3; c++) {
    const rim: number[] = [];
    for (let k = 0; k < outer.width * outer.height; k++) {
      if (onRim(k % outer.width, Math.floor(k / outer.width), outer)) rim.push(k * 3 + c);
    }
    const sorted = rim.map((k) => values[k]!).sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1]!;
    for (const k of rim) values[k] = Math.min(middle + 20, Math.max(middle - 20, values[k]!));
  }
}

const onRim = (x: number, y: number, { width, height }: Box) =>
  x === 0 || y === 0 || x === width - 1 || y === height - 1;

/** Offset to the piece of surface that fits best: its rim like the hole's, its inside flat. */
function findSource(
  photo: Raster,
  hole: Box,
  parts: readonly Box[],
  board: Uint8Array | undefined,
  random: Random,
): [dx: number, dy: number] {
  const { width, height, data } = photo;
  const size = Math.max(hole.width, hole.height);
  let best: [number, number] = [0, 0];
  let bestCost = Infinity;
  const stride = Math.max(1, Math.floor(Math.min(hole.width, hole.height) / 8));
  for (let tried = 0; tried < 1500; tried++) {
    const angle = random.range(0, 2 * Math.PI);
    const reach = random.range(0.7, 5) * size;
    const dx = Math.round(Math.cos(angle) * reach);
    const dy = Math.round(Math.sin(angle) * reach);
    if (Math.abs(dx) < hole.width + RING && Math.abs(dy) < hole.height + RING) continue;
    const x0 = hole.x + dx;
    const y0 = hole.y + dy;
    if (x0 < RING || y0 < RING || x0 + hole.width + RING > width || y0 + hole.height + RING > height)
      continue;
    const source = { ...hole, x: x0, y: y0 };
    if (parts.some((part) => intersectionArea(part, source) > 0)) continue;
    if (board && boxCorners(source).some(([x, y]) => !board[Math.floor(y) * width + Math.floor(x)])) continue;
    let rim = 0;
    let rims = 0;
    let busy = 0;
    let n = 0;
    for (let y = -RING; y < hole.height + RING; y += stride) {
      for (let x = -RING; x < hole.width + RING; x += stride) {
        const at = ((hole.y + y) * width + hole.x + x) * 3;
        const from = at + (dy * width + dx) * 3;
        const inside = x >= 0 && y >= 0 && x < hole.width && y < hole.height;
        for (let c = 0; c < 3; c++) {
          if (inside) {
            const right = data[from + 3 * stride + c]! - data[from + c]!;
            busy += right * right;
          } else {
            const d = data[at + c]! - data[from + c]!;
            rim += d * d;
          }
        }
        if (inside) n++;
        else rims++;
      }
    }
    const cost = rim / Math.max(1, rims) + (1.5 * busy) / Math.max(1, n) + 0.02 * reach;
    if (cost < bestCost) {
      bestCost = cost;
      best = [dx, dy];
    }
  }
  if (bestCost === Infinity)
    throw new RangeError('removePart: expected room for a filling beside the part, got none');
  return best;
}

/** Solves Laplace's equation inside the rim, by successive over-relaxation from the rim's mean. */
function relax(values: Float32Array, { width, height }: Box): void {
  for (let sweep = 0; sweep < 2 * (width + height); sweep++) {
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        for (let c = 0; c < 3; c++) {
          const k = (y * width + x) * 3 + c;
          const mean =
            (values[k - 3]! + values[k + 3]! + values[k - width * 3]! + values[k + width * 3]!) / 4;
          values[k]! += 1.8 * (mean - values[k]!);
        }
      }
    }
  }
}
