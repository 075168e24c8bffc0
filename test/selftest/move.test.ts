import { describe, expect, it } from 'vitest';
import type { Raster } from '../../src/photo/index.js';
import { drawPart } from '../../src/selftest/drawnParts.js';
import { removePart } from '../../src/selftest/erase.js';
import { rotatePart, shiftPart, swapPart } from '../../src/selftest/move.js';
import { createRandom } from '../../src/selftest/random.js';

const SIDE = 120;
const BOX = { x: 50, y: 50, width: 20, height: 20 };

/** A green board; a part of 20 × 20 px at (50, 50), its left half white and its right half black. */
function board(): Raster {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const inside = x >= 50 && x < 70 && y >= 50 && y < 70;
      const colour = !inside ? [40, 110, 60] : x < 60 ? [230, 230, 230] : [20, 20, 20];
      data.set(colour, (y * SIDE + x) * 3);
    }
  }
  return { data, width: SIDE, height: SIDE, channels: 3 };
}

const green = (photo: Raster, x: number, y: number) => photo.data[(y * SIDE + x) * 3 + 1]!;
const near = (value: number, expected: number) => expect(Math.abs(value - expected)).toBeLessThan(12);

describe('shiftPart', () => {
  it('lays the part down at its new place and surface at the old one', () => {
    const { photo, box, visibility } = shiftPart(board(), BOX, { dx: 12, dy: 0 }, createRandom(1));
    near(green(photo, 54, 60), 110);
    near(green(photo, 66, 60), 230);
    near(green(photo, 77, 60), 20);
    expect(Math.abs(box.x - 62)).toBeLessThan(2);
    expect(Math.abs(box.width - 20)).toBeLessThan(3);
    expect(visibility).toBeGreaterThan(20);
  });
});

describe('rotatePart', () => {
  it('turns the part in place, clockwise', () => {
    const half = rotatePart(board(), BOX, 2, createRandom(1)).photo;
    near(green(half, 54, 60), 20);
    near(green(half, 66, 60), 230);
    const quarter = rotatePart(board(), BOX, 1, createRandom(1)).photo;
    near(green(quarter, 60, 54), 230);
    near(green(quarter, 60, 66), 20);
  });
});

describe('swapPart', () => {
  it('puts another part in the same place', () => {
    const part = drawPart('mlcc', 90, createRandom(1));
    const { photo, box, visibility } = swapPart(board(), BOX, part, createRandom(1), { light: null });
    expect(Math.abs(box.x + box.width / 2 - 60)).toBeLessThan(1.5);
    expect(Math.abs(box.y + box.height / 2 - 60)).toBeLessThan(1.5);
    expect(visibility).toBeGreaterThan(20);
    near(green(photo, 60, 51), 110); // narrower than what was there: surface beside it
  });
});

describe('removePart', () => {
  it('leaves pads behind when asked', () => {
    const bare = removePart(board(), BOX, createRandom(1));
    near(green(bare.photo, 53, 60), 110);
    const pads = removePart(board(), BOX, createRandom(1), { pads: true });
    const red = (x: number) => pads.photo.data[(60 * SIDE + x) * 3]!;
    for (const x of [51, 52, 53, 66, 67, 68]) expect(red(x)).toBeGreaterThan(60); // the surface has 40
    near(green(pads.photo, 60, 60), 110);
  });

  it('takes the filling from the board and not from other parts', () => {
    const mask = new Uint8Array(SIDE * SIDE).fill(1);
    const everywhere = [{ x: 0, y: 0, width: SIDE, height: SIDE }];
    expect(() => removePart(board(), BOX, createRandom(1), { parts: everywhere })).toThrow('expected room');
    expect(() => removePart(board(), BOX, createRandom(1), { board: mask.fill(0) })).toThrow('expected room');
  });

  it('says what it expects', () => {
    const rim = { x: 0, y: 0, width: 10, height: 10 };
    expect(() => removePart(board(), rim, createRandom(1))).toThrow(
      'removePart: expected a box 3 px or more',
    );
  });
});
