import { expect, test } from 'vitest';
import type { Raster } from '../../src/photo/index.js';
import { cropShrunk } from '../../src/report/cropShrunk.js';
import { blank, layOver } from '../../src/report/layers.js';
import { svgImage, svgRect } from '../../src/report/svg.js';

function pixel({ data, width }: Raster, x: number, y: number): number[] {
  return [...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
}

test('pixels cover, drawings cover where they paint, the last one on top', async () => {
  const picture = blank(6, 4, '#102030');
  const grey: Raster = { data: new Uint8Array(4).fill(90), width: 2, height: 2, channels: 1 };
  const drawing = svgImage(2, 2, svgRect({ x: 0, y: 0, width: 1, height: 2 }, { fill: '#ff0000' }));
  await layOver(picture, [
    { content: grey, left: 3, top: 1 },
    { content: drawing, left: 3, top: 1 },
  ]);
  expect(pixel(picture, 3, 2)).toEqual([255, 0, 0]);
  expect(pixel(picture, 4, 2)).toEqual([90, 90, 90]);
  expect(pixel(picture, 5, 3)).toEqual([16, 32, 48]);
});

test('half opaque paint is half of both', async () => {
  const picture = blank(1, 1, '#000000');
  const content = svgImage(1, 1, '<rect width="1" height="1" fill="#ffffff" fill-opacity="0.5"/>');
  await layOver(picture, [{ content, left: 0, top: 0 }]);
  for (const value of pixel(picture, 0, 0)) expect(Math.abs(value - 128)).toBeLessThanOrEqual(1);
});

test('a strip of a drawing begins at its own rows', async () => {
  const picture = blank(1, 2, '#000000');
  const content = svgRect({ x: 0, y: 5, width: 1, height: 1 }, { fill: '#00ff00' });
  await layOver(picture, [{ content: svgImage(1, 2, content, 4), left: 0, top: 0 }]);
  expect([pixel(picture, 0, 0), pixel(picture, 0, 1)]).toEqual([
    [0, 0, 0],
    [0, 255, 0],
  ]);
});

test('a layer beyond the picture is an error that gives both sizes', async () => {
  const layer = { content: blank(3, 1, '#000000'), left: 2, top: 0 };
  await expect(layOver(blank(4, 4, '#000000'), [layer])).rejects.toThrow('within 4×4, got 3×1 at 2, 0');
});

test('a crop out of a smaller copy shows the same place', async () => {
  // Left of column 400 black, right of it white, in a picture eight times as fine as the crop.
  const picture = blank(800, 80, '#000000');
  for (let y = 0; y < 80; y++) picture.data.fill(255, 3 * (y * 800 + 400), 3 * (y + 1) * 800);
  const view = await cropShrunk(picture, { x: 80, y: 0, width: 640, height: 80 }, 80);
  expect([view.width, view.height]).toEqual([80, 10]);
  expect(pixel(view, 37, 5)[0]).toBeLessThan(30);
  expect(pixel(view, 42, 5)[0]).toBeGreaterThan(225);
});
