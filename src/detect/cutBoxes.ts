import { type Candidates, CUT } from './candidates.js';
import { suppress } from './suppress.js';
import type { Tile } from './tiles.js';

/** A box that ends this near to an inner edge of its tile, in pixels of the tile, may go on beyond it. */
const EDGE = 3;

/** The best so many boxes of a tile are looked at: more parts than a tile can show, noise from there on. */
const MAX_IN_TILE = 1000;

/** What {@link keepFromTile} needs to know of the copy that a tile was cut from. */
export interface CopyScale {
  /** Photo pixels a pixel of the copy, across and down. */
  x: number;
  y: number;
  /** Parts with a longer side below this, in pixels of the copy, are left to the larger copy. */
  smallest: number;
}

/**
 * Moves a tile's boxes into the photo. A box that an inner edge cuts off is dropped where the neighbouring tile sees
 * all of it and more, which is so when it is shorter than what the two tiles share; a longer one is kept and marked,
 * for no tile may see its part whole.
 * @param found boxes in pixels of the tile
 * @param nmsIou boxes of the tile that overlap more are doubles, of which the best stays
 * @param into gets them in pixels of the photo
 */
export function keepFromTile(
  found: Candidates,
  tile: Tile,
  scale: CopyScale,
  nmsIou: number,
  into: Candidates,
): void {
  const { corners } = found;
  const [left, top, right, bottom] = tile.shared;
  clip(found, tile);
  for (const k of suppress(found, found.byScore().slice(0, MAX_IN_TILE), nmsIou)) {
    const x1 = corners[4 * k]!;
    const y1 = corners[4 * k + 1]!;
    const x2 = corners[4 * k + 2]!;
    const y2 = corners[4 * k + 3]!;
    if (x2 - x1 < scale.smallest && y2 - y1 < scale.smallest) continue;
    let cuts = 0;
    if (left > 0 && x1 < EDGE) cuts |= CUT.left;
    if (top > 0 && y1 < EDGE) cuts |= CUT.top;
    if (right > 0 && x2 > tile.width - EDGE) cuts |= CUT.right;
    if (bottom > 0 && y2 > tile.height - EDGE) cuts |= CUT.bottom;
    // The neighbour must not be cutting the same box at its own edge, hence the margin of both edges.
    if (cuts & CUT.left && x2 - x1 <= left - 2 * EDGE) continue;
    if (cuts & CUT.right && x2 - x1 <= right - 2 * EDGE) continue;
    if (cuts & CUT.top && y2 - y1 <= top - 2 * EDGE) continue;
    if (cuts & CUT.bottom && y2 - y1 <= bottom - 2 * EDGE) continue;
    into.add(
      (tile.x + x1) * scale.x,
      (tile.y + y1) * scale.y,
      (tile.x + x2) * scale.x,
      (tile.y + y2) * scale.y,
      found.scores[k]!,
      found.classes[k]!,
      found.classScores[k]!,
      cuts,
    );
  }
}

/** Cuts boxes to what the tile shows; one that lies outside is left without area. */
function clip({ corners, count }: Candidates, { width, height }: Tile): void {
  for (let at = 0; at < 4 * count; at += 4) {
    corners[at] = Math.max(0, corners[at]!);
    corners[at + 1] = Math.max(0, corners[at + 1]!);
    corners[at + 2] = Math.min(width, corners[at + 2]!);
    corners[at + 3] = Math.min(height, corners[at + 3]!);
  }
}
