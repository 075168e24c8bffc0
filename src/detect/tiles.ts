import type { Box } from '../geometry/index.js';

/** A piece of a picture that the model sees at once. */
export interface Tile {
  /** Top-left corner and size, in pixels of the picture that it is cut from. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Pixels shared with the neighbour on each side (left, top, right, bottom); 0 at the edge of all that is looked at. */
  shared: readonly [left: number, top: number, right: number, bottom: number];
}

/** Width and height of the tiles of a picture, pixels. */
export interface TileSize {
  width: number;
  height: number;
}

/**
 * The smallest tiles that take no more of them than tiles of the largest size do: pixels that tiles share beyond the
 * overlap are looked at twice for nothing, which for 12 MP is every tenth.
 * @param tile largest side in pixels
 * @param overlap least number of pixels that neighbours share; below `tile`
 * @param multipleOf sides are multiples of this where they are below `tile`
 */
export function tileSizeFor(
  width: number,
  height: number,
  tile: number,
  overlap: number,
  multipleOf: number,
): TileSize {
  const side = (length: number) => {
    if (length <= tile) return tile;
    const count = tilesAlong(length, tile, overlap);
    const least = (length + (count - 1) * overlap) / count;
    return Math.min(tile, Math.ceil(least / multipleOf) * multipleOf);
  };
  return { width: side(width), height: side(height) };
}

/**
 * Cuts an area of a picture into overlapping tiles, row by row. A side no longer than a tile is not cut.
 * @param area in whole pixels of the picture
 * @param tile size of a tile in pixels
 * @param overlap least number of pixels that neighbours share; below `tile`
 * @param grid tiles start at multiples of this many pixels from the area's corner, the last one may reach beyond the area by less than that
 */
export function layTiles(area: Box, tile: TileSize, overlap: number, grid = 1): Tile[] {
  const { width, height } = area;
  const columns = starts(width, tile.width, overlap, grid);
  const rows = starts(height, tile.height, overlap, grid);
  const tiles: Tile[] = [];
  for (const [row, y] of rows.entries()) {
    for (const [column, x] of columns.entries()) {
      tiles.push({
        x: area.x + x,
        y: area.y + y,
        width: Math.min(tile.width, width - x),
        height: Math.min(tile.height, height - y),
        shared: [
          column > 0 ? columns[column - 1]! + tile.width - x : 0,
          row > 0 ? rows[row - 1]! + tile.height - y : 0,
          column + 1 < columns.length ? x + tile.width - columns[column + 1]! : 0,
          row + 1 < rows.length ? y + tile.height - rows[row + 1]! : 0,
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
  const count = tilesAlong(length, tile, overlap);
  const last = Math.ceil((length - tile) / grid);
  return Array.from({ length: count }, (_, k) => grid * Math.round((k * last) / (count - 1)));
}

/** Tiles that a side longer than one takes. */
function tilesAlong(length: number, tile: number, overlap: number): number {
  const shared = Math.min(overlap, tile - 1);
  return Math.ceil((length - shared) / (tile - shared));
}
