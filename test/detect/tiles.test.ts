import { expect, test } from 'vitest';
import { layTiles, tileSizeFor } from '../../src/detect/tiles.js';

const area = (width: number, height: number) => ({ x: 0, y: 0, width, height });
const square = (side: number) => ({ width: side, height: side });

test('a picture no larger than a tile is one tile with no inner edge', () => {
  expect(layTiles(area(50, 64), square(64), 16)).toEqual([
    { x: 0, y: 0, width: 50, height: 64, shared: [0, 0, 0, 0] },
  ]);
});

test('tiles are spread evenly, end at the edge and say what they share', () => {
  // (200 − 16) / (64 − 16) = 3.8: four tiles, 136 / 3 = 45.3 apart.
  const tiles = layTiles(area(200, 60), square(64), 16);
  expect(tiles.map(({ x }) => x)).toEqual([0, 45, 91, 136]);
  expect(tiles.map(({ shared }) => shared)).toEqual([
    [0, 0, 19, 0],
    [19, 0, 18, 0],
    [18, 0, 19, 0],
    [19, 0, 0, 0],
  ]);
});

test('tiles of an area start at its corner, and share with each other alone', () => {
  const tiles = layTiles({ x: 30, y: 7, width: 100, height: 60 }, square(64), 16);
  expect(tiles).toEqual([
    { x: 30, y: 7, width: 64, height: 60, shared: [0, 0, 28, 0] },
    { x: 66, y: 7, width: 64, height: 60, shared: [28, 0, 0, 0] },
  ]);
});

test('every pixel is in a tile and neighbours share at least the overlap', () => {
  for (let width = 1; width <= 300; width++) {
    const tiles = layTiles(area(width, 1), square(64), 16);
    expect(tiles[0]!.x).toBe(0);
    expect(tiles.at(-1)!.x + tiles.at(-1)!.width).toBe(width);
    for (const { shared } of tiles.slice(1)) expect(shared[0]).toBeGreaterThanOrEqual(15.5);
  }
});

test('a 12 MP photo takes 48 tiles of 640', () => {
  expect(layTiles(area(4000, 3000), square(640), 96)).toHaveLength(48);
});

test('tiles are no larger than as many of them need', () => {
  // Eight across: (4000 + 7 · 96) / 8 = 584, six down: (3000 + 5 · 96) / 6 = 580.
  expect(tileSizeFor(4000, 3000, 640, 96, 32)).toEqual({ width: 608, height: 608 });
  expect(layTiles(area(4000, 3000), square(608), 96)).toHaveLength(48);
  expect(tileSizeFor(640, 100, 640, 96, 32)).toEqual(square(640));
  for (let length = 641; length <= 5000; length++) {
    const { width } = tileSizeFor(length, 1, 640, 64, 64);
    const [before, after] = [640, width].map((side) =>
      layTiles(area(length, 1), { width: side, height: 640 }, 64, 4),
    );
    expect(after).toHaveLength(before!.length);
    expect(after!.at(-1)!.x + after!.at(-1)!.width).toBe(length);
    for (const { shared } of after!.slice(1)) expect(shared[0]).toBeGreaterThanOrEqual(60);
  }
});
