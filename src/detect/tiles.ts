/** A piece of a picture that the model sees at once. */
export interface Tile {
  /** Top-left corner and size, in pixels of the picture that it is cut from. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Pixels shared with the neighbour on each side (left, top, right, bottom); 0 at the picture's own edge. */
  shared: readonly [left: number, top: number, right: number, bottom: number];
}

/**
 * Cuts a picture's area into overlapping tiles, row by row. A side no longer than a tile is not cut.
 * @param tile side of a tile in pixels
 * @param overlap least number of pixels that neighbours share; below `tile`
 * @param grid tiles start at multiples of this many pixels, the last one may reach beyond the picture by less than that
 */
export function layTiles(width: number, height: number, tile: number, overlap: number, grid = 1): Tile[] {
  const columns = starts(width, tile, Math.min(overlap, tile - 1), grid);
  const rows = starts(height, tile, Math.min(overlap, tile - 1), grid);
  const tiles: Tile[] = [];
  for (const [row, y] of rows.entries()) {
    for (const [column, x] of columns.entries()) {
      tiles.push({
        x,
        y,
        width: Math.min(tile, width - x),
        height: Math.min(tile, height - y),
        shared: [
          column > 0 ? columns[column - 1]! + tile - x : 0,
          row > 0 ? rows[row - 1]! + tile - y : 0,
          column + 1 < columns.length ? x + tile - columns[column + 1]! : 0,
          row + 1 < rows.length ? y + tile - rows[row + 1]! : 0,
        ],
      });
    }
  }
  return tiles;
}

/** A tile that is a whole picture. */
export function wholeTile(width: number, height: number): Tile {
  return { x: 0, y: 0, width, height, shared: [0, 0, 0, 0] };
}

/** Starts of the tiles along one side, evenly spread, so that the last one ends at the edge. */
function starts(length: number, tile: number, overlap: number, grid: number): number[] {
  if (length <= tile) return [0];
  const count = Math.ceil((length - overlap) / (tile - overlap));
  const last = Math.ceil((length - tile) / grid);
  return Array.from({ length: count }, (_, k) => grid * Math.round((k * last) / (count - 1)));
}
