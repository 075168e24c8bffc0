import type { Box } from '../geometry/index.js';
import type { Raster } from '../photo/index.js';
import { type Placement, placementCenter } from './placement.js';
import { type Rgba, rgba } from './rgba.js';

/** Samples of a cut piece to one photo pixel: enough for pasting it back without a visible loss. */
const SAMPLES = 3;

/**
 * Cuts a turned rectangle out of a photo.
 * @param aspect its shorter side over its longer one
 * @param fadePx width of the clear to opaque rim, photo pixels
 */
export function cutPiece(photo: Raster, placement: Placement, aspect: number, fadePx = 0): Rgba {
  return cutSized(photo, placement, placement.longSidePx, placement.longSidePx * aspect, fadePx);
}

/** Cuts an upright box out of a photo. */
export function cutBox(photo: Raster, box: Box, fadePx: number): Rgba {
  const longSidePx = Math.max(box.width, box.height);
  return cutSized(
    photo,
    { center: placementCenter(box), angleDeg: 0, longSidePx },
    box.width,
    box.height,
    fadePx,
  );
}

function cutSized(
  photo: Raster,
  placement: Placement,
  widthPx: number,
  heightPx: number,
  fadePx: number,
): Rgba {
  const width = Math.ceil(widthPx * SAMPLES);
  const height = Math.ceil(heightPx * SAMPLES);
  const piece = rgba(new Uint8Array(width * height * 4), width, height);
  cut(photo, placement, piece);
  if (fadePx > 0) {
    for (let k = 0; k < width * height; k++) {
      const x = (k % width) + 0.5;
      const y = Math.floor(k / width) + 0.5;
      const depth = Math.min(x, y, width - x, height - y) / SAMPLES;
      piece.data[k * 4 + 3] = Math.round(255 * Math.min(1, depth / fadePx));
    }
  }
  return piece;
}

/** Samples the photo into a picture of the placed rectangle, bilinearly. */
function cut(photo: Raster, { center: [cx, cy], angleDeg, longSidePx }: Placement, piece: Rgba) {
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
