import { type Box, growBox, pixelBox } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { toLinear } from './colour.js';
import { type Placement, placementBox } from './placement.js';
import { blend, deltaE, type Edit } from './plant.js';
import type { Random } from './random.js';
import { resamplePart } from './resample.js';
import { rgba } from './rgba.js';
import { gaussianBlur, measureSurroundings } from './surroundings.js';

/** Pixels of surface around a removed part that the filling has to agree with. */
const RING = 3;

/**
 * Takes a part off a copy of a photo: fills its box with bare surface from nearby, bent smoothly so that it meets the
 * surroundings without a seam. The place for the filling is the one whose rim agrees best and that is least busy.
 * The seam follows the membrane of Pérez et al., Poisson image editing, SIGGRAPH 2003.
 * @param box the part, photo pixels; it and its rim are clipped to the photo
 */
export function removePart(photo: Raster, box: Box, random: Random): Edit {
  const { width, height } = photo;
  const hole = pixelBox(growBox(box, 1.5), width - RING, height - RING);
  if (!hole || hole.x < RING || hole.y < RING) {
    throw new RangeError(
      `removePart: expected a box ${RING} px or more inside the photo, got ${JSON.stringify(box)}`,
    );
  }
  const [dx, dy] = findSource(photo, hole, random);
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
  relax(correction, outer);
  const data = new Uint8Array(photo.data); // not slice: a Buffer would share its memory
  let difference = 0;
  for (let y = 1; y < outer.height - 1; y++) {
    for (let x = 1; x < outer.width - 1; x++) {
      const at = ((outer.y + y) * width + outer.x + x) * 3;
      for (let c = 0; c < 3; c++) {
        const value =
          photo.data[at + c + (dy * width + dx) * 3]! + correction[(y * outer.width + x) * 3 + c]!;
        data[at + c] = Math.round(Math.min(255, Math.max(0, value)));
      }
      difference += deltaE(photo.data, data, at);
    }
  }
  return { photo: { ...photo, data }, box, visibility: difference / (hole.width * hole.height) };
}

const onRim = (x: number, y: number, { width, height }: Box) =>
  x === 0 || y === 0 || x === width - 1 || y === height - 1;

/** Offset to the piece of surface that fits best: its rim like the hole's, its inside flat. */
function findSource(photo: Raster, hole: Box, random: Random): [dx: number, dy: number] {
  const { width, height, data } = photo;
  const size = Math.max(hole.width, hole.height);
  let best: [number, number] = [0, 0];
  let bestCost = Infinity;
  const stride = Math.max(1, Math.floor(Math.min(hole.width, hole.height) / 8));
  for (let tried = 0; tried < 900; tried++) {
    const angle = random.range(0, 2 * Math.PI);
    const reach = random.range(0.7, 5) * size;
    const dx = Math.round(Math.cos(angle) * reach);
    const dy = Math.round(Math.sin(angle) * reach);
    if (Math.abs(dx) < hole.width + RING && Math.abs(dy) < hole.height + RING) continue;
    const x0 = hole.x + dx;
    const y0 = hole.y + dy;
    if (x0 < RING || y0 < RING || x0 + hole.width + RING > width || y0 + hole.height + RING > height)
      continue;
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

/**
 * A decoy: the photo's own pixels, cut out as a turned rectangle and pasted back at the same place through the steps
 * that a plant goes through. Nothing has changed, so whoever reports it has learnt the editing and not the board.
 */
export function pasteDecoy(photo: Raster, placement: Placement, aspect: number, random: Random): Edit {
  const { center, longSidePx } = placement;
  const scale = 3;
  const long = Math.ceil(longSidePx * scale);
  const piece = rgba(new Uint8Array(long * Math.ceil(long * aspect) * 4), long, Math.ceil(long * aspect));
  const window = pixelBox(growBox(placementBox(piece, placement), 4), photo.width, photo.height);
  if (!window)
    throw new RangeError(`pasteDecoy: expected a place inside the photo, got ${center.join(', ')}`);
  cut(photo, placement, piece);
  const layer = resamplePart(piece, placement, window, toLinear);
  const around = measureSurroundings(photo, center, Math.max(60, 2.5 * longSidePx), random);
  const soft = gaussianBlur(layer, window.width, window.height, 4, 0.3);
  // The pixels bring most of their own grain; what resampling smoothed away is put back.
  return blend(photo, window, soft, null, around, random, 0.5);
}

/** Samples the photo into a picture of the placed rectangle, bilinearly. */
function cut(
  photo: Raster,
  { center: [cx, cy], angleDeg, longSidePx }: Placement,
  piece: ReturnType<typeof rgba>,
) {
  const step = longSidePx / Math.max(piece.width, piece.height);
  const angle = (angleDeg * Math.PI) / 180;
  const cos = Math.cos(angle) * step;
  const sin = Math.sin(angle) * step;
  for (let v = 0; v < piece.height; v++) {
    for (let u = 0; u < piece.width; u++) {
      const du = u + 0.5 - piece.width / 2;
      const dv = v + 0.5 - piece.height / 2;
      const x = Math.min(photo.width - 1.001, Math.max(0, cx + du * cos - dv * sin));
      const y = Math.min(photo.height - 1.001, Math.max(0, cy + du * sin + dv * cos));
      const x0 = Math.floor(x);
      const y0 = Math.floor(y);
      const k = (v * piece.width + u) * 4;
      for (let c = 0; c < 3; c++) {
        const at = (y0 * photo.width + x0) * 3 + c;
        const upper = photo.data[at]! + (photo.data[at + 3]! - photo.data[at]!) * (x - x0);
        const below = at + photo.width * 3;
        const lower = photo.data[below]! + (photo.data[below + 3]! - photo.data[below]!) * (x - x0);
        piece.data[k + c] = Math.round(upper + (lower - upper) * (y - y0));
      }
      piece.data[k + 3] = 255;
    }
  }
}
