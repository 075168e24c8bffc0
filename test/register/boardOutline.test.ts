import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillPolygon, type Point } from '../../src/geometry/index.js';
import { readPhoto } from '../../src/photo/index.js';
import { findBoardOutline } from '../../src/register/index.js';

const samples = new URL('../../samples/', import.meta.url);
const truth: { photos: { path: string; boardOutline: Point[] }[] } = JSON.parse(
  readFileSync(new URL('truth.json', samples), 'utf8'),
);

describe('the outline of a board', () => {
  // On golden-1 the table is blue and the light falls off: by brightness its lower left corner is table.
  it.each(truth.photos)(
    'leaves no corner and no strip of the board out in $path',
    async ({ path, boardOutline }) => {
      const { pixels } = await readPhoto(new URL(path, samples).pathname);
      const { found, polygon } = await findBoardOutline(pixels);
      expect(found).toBe(true);
      const board = fillPolygon(boardOutline, pixels.width, pixels.height);
      const outline = fillPolygon(polygon, pixels.width, pixels.height);
      let [all, lost, table] = [0, 0, 0];
      for (let k = 0; k < board.length; k++) {
        all += board[k]!;
        if (board[k]! > outline[k]!) lost++;
        if (outline[k]! > board[k]!) table++;
      }
      expect(lost / all).toBeLessThan(0.015);
      // Connectors that reach beyond the board are told with it.
      expect(table / all).toBeLessThan(0.06);
    },
  );
});
