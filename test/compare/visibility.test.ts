import { expect, it } from 'vitest';
import { measureVisibility } from '../../src/compare/index.js';
import type { Raster } from '../../src/photo/index.js';
import { createRandom } from '../../src/selftest/index.js';

const SIDE = 512;
const everywhere = new Uint8Array(SIDE * SIDE).fill(1);

/** A green board with parts of several sizes on it. */
function board(change: (x: number, y: number, rgb: number[]) => number[] = (_x, _y, rgb) => rgb): Raster {
  const random = createRandom(11);
  const data = new Uint8Array(3 * SIDE * SIDE);
  const base = Array.from({ length: SIDE * SIDE }, () => [30, 90, 50]);
  for (let n = 0; n < 1200; n++) {
    const [x, y] = [random.integer(0, SIDE - 1), random.integer(0, SIDE - 1)];
    const [w, h] = [random.integer(4, 16), random.integer(4, 16)];
    const rgb = [random.integer(20, 220), random.integer(20, 220), random.integer(20, 220)];
    for (let j = y; j < Math.min(SIDE, y + h); j++) {
      for (let i = x; i < Math.min(SIDE, x + w); i++) base[j * SIDE + i] = rgb;
    }
  }
  for (let k = 0; k < base.length; k++) data.set(change(k % SIDE, Math.floor(k / SIDE), base[k]!), 3 * k);
  return { data, width: SIDE, height: SIDE, channels: 3 };
}

const inside = (x: number, y: number) => Math.hypot(x - 256, y - 256) < 110;
const look = (photo: Raster, inFrame = everywhere) => measureVisibility(board(), photo, everywhere, inFrame);
const at = ({ judged }: ReturnType<typeof look>, x: number, y: number) => judged[y * SIDE + x];

it('judges all of a photo that shows the same in other light', () => {
  const brighter = board((x, _y, rgb) => rgb.map((value) => value * (0.7 + x / 2500)));
  const seen = look(brighter);
  expect(seen.judgedFraction).toBe(1);
  expect(seen.notJudged).toEqual([]);
});

it.each([
  ['glare', (rgb: number[]) => rgb.map((value) => Math.min(255, value + 300))],
  ['glare', (rgb: number[]) => rgb.map((value) => value + 0.96 * (235 - value))],
  ['shadow', (rgb: number[]) => rgb.map((value) => value * 0.03)],
] as const)('tells %s', (reason, change) => {
  const seen = look(board((x, y, rgb) => (inside(x, y) ? change(rgb) : rgb)));
  expect(at(seen, 256, 256)).toBe(0);
  expect(at(seen, 40, 40)).toBe(1);
  // The rim, half in the light, may look like something else.
  const [place] = seen.notJudged.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
  expect(place!.reason).toBe(reason);
  expect(place!.box.x).toBeLessThanOrEqual(160);
  expect(place!.box.x + place!.box.width).toBeGreaterThanOrEqual(352);
});

it('judges no pixel of a highlight that is burnt out, however its rim runs through cells', () => {
  const burnt = look(board((x, y, rgb) => (inside(x, y) ? rgb.map(() => 255) : rgb)));
  const lost = [...burnt.judged].filter((_, k) => inside(k % SIDE, Math.floor(k / SIDE)));
  expect(lost.filter((judged) => judged !== 0)).toEqual([]);
  // And little more than that.
  expect(1 - burnt.judgedFraction).toBeLessThan((1.15 * lost.length) / SIDE ** 2);
});

it('tells blur, which leaves the place recognisable', () => {
  const sharp = board();
  const soft = board((x, y, rgb) => {
    if (!inside(x, y)) return rgb;
    return [0, 1, 2].map((c) => {
      let sum = 0;
      for (let j = -9; j <= 9; j++)
        for (let i = -9; i <= 9; i++) sum += sharp.data[3 * ((y + j) * SIDE + x + i) + c]!;
      return sum / 361;
    });
  });
  const seen = look(soft);
  expect(seen.notJudged.map(({ reason }) => reason)).toContain('blur');
  expect(seen.notJudged.map(({ reason }) => reason)).not.toContain('occluded');
  expect(at(seen, 256, 256)).toBe(0);
});

it('tells what lies over the board', () => {
  const random = createRandom(2);
  const hand = board((x, y, rgb) =>
    inside(x, y) ? [200, 150, 120].map((v) => v + 4 * random.normal()) : rgb,
  );
  const seen = look(hand);
  expect(seen.notJudged.some(({ reason }) => reason === 'occluded')).toBe(true);
  expect(at(seen, 256, 256)).toBe(0);
  expect(seen.judgedFraction).toBeGreaterThan(0.7);
});

it('leaves a part that is new to the comparison', () => {
  const seen = look(
    board((x, y, rgb) => (Math.abs(x - 256) < 14 && Math.abs(y - 256) < 14 ? [15, 15, 18] : rgb)),
  );
  expect(at(seen, 256, 256)).toBe(1);
});

it('tells what the photo does not reach', () => {
  const seen = look(
    board(),
    everywhere.map((_, k) => (k % SIDE < 64 ? 0 : 1)),
  );
  expect(seen.notJudged).toEqual([{ reason: 'out-of-frame', box: { x: 0, y: 0, width: 64, height: SIDE } }]);
  expect(seen.judgedFraction).toBeCloseTo(1 - 64 / SIDE);
});

/** A frame of table about the board. */
const TABLE = 40;
const onTable = (rgb: number[], x: number, y: number) =>
  Math.min(x, y) < TABLE || Math.max(x, y) >= SIDE - TABLE ? [150, 140, 130] : rgb;
const boardOnTable = everywhere.map((_, k) => {
  const [x, y] = [k % SIDE, Math.floor(k / SIDE)];
  return Math.min(x, y) < TABLE || Math.max(x, y) >= SIDE - TABLE ? 0 : 1;
});
const lookOnTable = (change: (x: number, y: number, rgb: number[]) => number[]) =>
  measureVisibility(
    board((x, y, rgb) => onTable(rgb, x, y)),
    board((x, y, rgb) => change(x, y, onTable(rgb, x, y))),
    boardOnTable,
    everywhere,
  );

it('tells a cable over the board to a few pixels, and leaves what is beside it', () => {
  const shaded = (y: number) => 0.45 + 0.55 * Math.sqrt(1 - ((y - 260) / 13) ** 2);
  const seen = lookOnTable((_x, y, rgb) =>
    Math.abs(y - 260) < 13 ? [190, 30, 30].map((v) => v * shaded(y)) : rgb,
  );
  expect(seen.notJudged.map(({ reason }) => reason)).toEqual(['occluded']);
  for (const x of [60, 150, 256, 333, 450]) {
    expect([at(seen, x, 252), at(seen, x, 260), at(seen, x, 268)]).toEqual([0, 0, 0]);
    expect([at(seen, x, 260 - 28), at(seen, x, 260 + 28)]).toEqual([1, 1]);
  }
});

it.each([
  ['amid the board', 256, 256],
  ['at its edge', 70, 256],
])('does not excuse a large part that was added %s', (_where, cx, cy) => {
  const seen = lookOnTable((x, y, rgb) =>
    Math.abs(x - cx) < 24 && Math.abs(y - cy) < 24 ? [200, 170, 40] : rgb,
  );
  expect(at(seen, cx, cy)).toBe(1);
  expect(seen.notJudged).toEqual([]);
});

it('tells motion, which leaves the edges along its path', () => {
  const sharp = board();
  const seen = look(
    board((x, y, rgb) => {
      if (!inside(x, y)) return rgb;
      return [0, 1, 2].map((c) => {
        let sum = 0;
        for (let i = -9; i <= 9; i++) sum += sharp.data[3 * (y * SIDE + x + i) + c]!;
        return sum / 19;
      });
    }),
  );
  expect(at(seen, 256, 256)).toBe(0);
  expect(at(seen, 200, 256)).toBe(0);
  expect(at(seen, 40, 40)).toBe(1);
  expect(seen.notJudged.map(({ reason }) => reason)).toEqual(['blur']);
});
