import { describe, expect, it } from 'vitest';
import { intersectionArea } from '../../src/geometry/index.js';
import type { Raster } from '../../src/photo/index.js';
import { choosePlaces } from '../../src/selftest/choose.js';
import { createRandom } from '../../src/selftest/random.js';

// Bare on the left, a checkerboard on the right; the board leaves a rim of 10 px.
const width = 200;
const height = 120;
const data = new Uint8Array(width * height * 3);
const mask = new Uint8Array(width * height);
for (let y = 0; y < height; y++) {
  for (let x = 0; x < width; x++) {
    data.fill(x > 100 && (x + y) % 2 ? 200 : 40, (y * width + x) * 3, (y * width + x) * 3 + 3);
    mask[y * width + x] = x >= 10 && x < width - 10 && y >= 10 && y < height - 10 ? 1 : 0;
  }
}
const photo: Raster = { data, width, height, channels: 3 };

describe('choosePlaces', () => {
  const taken = [{ x: 20, y: 20, width: 20, height: 20 }];
  const places = choosePlaces(
    photo,
    mask,
    { longSidesPx: [12, 14, 16, 12, 14, 16], taken, parts: taken },
    createRandom(1),
  );

  it('keeps to the board, off what is taken, and places apart', () => {
    expect(places.length).toBeGreaterThan(4);
    places.forEach(({ box }, k) => {
      expect(box.x >= 10 && box.y >= 10 && box.x + box.width <= 190 && box.y + box.height <= 110).toBe(true);
      for (const other of [...taken, ...places.slice(0, k).map((place) => place.box)]) {
        expect(intersectionArea(box, other)).toBe(0);
      }
    });
  });

  it('finds bare, busy and neighbouring places', () => {
    const of = (kind: string) => places.filter((place) => place.kind === kind);
    for (const { center } of of('bare')) expect(center[0]).toBeLessThan(101);
    for (const { center } of of('busy')) expect(center[0]).toBeGreaterThan(90);
    expect(of('beside').some(({ center }) => Math.hypot(center[0] - 30, center[1] - 30) < 45)).toBe(true);
  });

  it('leaves out what has no room', () => {
    expect(choosePlaces(photo, mask, { longSidesPx: [150] }, createRandom(1))).toEqual([]);
    expect(choosePlaces(photo, new Uint8Array(mask.length), { longSidesPx: [10] }, createRandom(1))).toEqual(
      [],
    );
  });

  it('says what it expects', () => {
    const few = new Uint8Array(3);
    expect(() => choosePlaces(photo, few, { longSidesPx: [10] }, createRandom(1))).toThrow(
      'expected a mask of 24000',
    );
  });
});
