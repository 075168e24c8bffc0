import type { Finding } from '../../src/document/index.js';
import type { Box } from '../../src/geometry/index.js';
import type { Raster } from '../../src/photo/index.js';
import { renderHtml } from '../../src/report/index.js';
import { fakeFinding, fakeInspection } from '../report/fakeInspection.js';

export const WIDTH = 800;
export const HEIGHT = 600;
/** A part that only the photo shows. */
export const PART: Box = { x: 300, y: 200, width: 40, height: 30 };
const FINDINGS: Finding[] = [
  fakeFinding('F1', PART, { site: null, label: 'ic' }),
  fakeFinding(
    'F2',
    { x: 600, y: 420, width: 50, height: 30 },
    { kind: 'missing-part', site: 'R7', score: 0.8 },
  ),
  fakeFinding(
    'F3',
    { x: 100, y: 500, width: 30, height: 30 },
    { kind: 'wrong-part', site: 'C9', score: 0.6 },
  ),
];

/** A plain green board, lit a little differently as a photo, with a red part on it in the photo alone. */
export function board(photo: boolean): Raster {
  const data = new Uint8Array(3 * WIDTH * HEIGHT);
  const color = photo ? [36, 108, 60] : [30, 90, 50];
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, at += 3) {
      const inside =
        photo && x >= PART.x && y >= PART.y && x < PART.x + PART.width && y < PART.y + PART.height;
      data.set(inside ? [220, 40, 40] : color, at);
    }
  }
  return { data, width: WIDTH, height: HEIGHT, channels: 3 };
}

/** The page of a board with these findings. */
export function boardPage(findings = FINDINGS, change: Parameters<typeof fakeInspection>[3] = {}) {
  return renderHtml(fakeInspection(findings, WIDTH, HEIGHT, change), {
    photo: board(true),
    golden: board(false),
    sites: [{ id: 'R12', box: { x: 450, y: 100, width: 60, height: 40 } }],
  });
}
