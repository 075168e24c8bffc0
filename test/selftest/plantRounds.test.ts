import { describe, expect, it } from 'vitest';
import { intersectionArea } from '../../src/geometry/index.js';
import type { Raster } from '../../src/photo/index.js';
import { chooseRounds, plantParts } from '../../src/selftest/plantRounds.js';
import { createRandom } from '../../src/selftest/random.js';

// A plain green board with a part on it, on a grey table.
const width = 400;
const height = 300;
const data = new Uint8Array(width * height * 3);
const random = createRandom(1);
for (let k = 0; k < width * height; k++) {
  const board = k % width >= 20 && k % width < 380 && k >= 20 * width && k < 280 * width;
  const [r, g, b] = board ? [30, 110, 50] : [150, 150, 150];
  const grain = 3 * random.normal();
  data.set([r! + grain, g! + grain, b! + grain], 3 * k);
}
const photo: Raster = { data, width, height, channels: 3 };
const fitted = { x: 180, y: 130, width: 40, height: 30 };
const taken = { x: 20, y: 20, width: 60, height: 60 };
const mask = Uint8Array.from({ length: width * height }, (_, k) =>
  k % width >= 20 && k % width < 380 && k >= 20 * width && k < 280 * width ? 1 : 0,
);
const sizes = [10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30];
const choose = (longSidesPx: readonly number[]) =>
  chooseRounds(photo, mask, { longSidesPx, parts: [fitted], taken: [taken] }, createRandom(2));

describe('chooseRounds', () => {
  it('deals disjoint places out to rounds of eight at most, all sizes in each', () => {
    const rounds = choose(sizes);
    const places = rounds.flat();
    expect(rounds.length).toBe(2);
    expect(rounds.every((round) => round.length <= 8)).toBe(true);
    for (const round of rounds) {
      expect(new Set(round.map(({ longSidePx }) => longSidePx))).toEqual(new Set([10, 20, 30]));
    }
    for (const [k, { box }] of places.entries()) {
      expect(intersectionArea(box, taken)).toBe(0);
      for (const other of places.slice(k + 1)) expect(intersectionArea(box, other.box)).toBe(0);
    }
  });

  it('has no rounds where there is no room', () => {
    expect(choose([900])).toEqual([]);
  });
});

describe('plantParts', () => {
  it('plants visible parts of the size asked for, and leaves the photo as it was', () => {
    const before = Uint8Array.from(photo.data);
    const [places] = choose(sizes);
    const { photo: edited, plants } = plantParts(photo, 0, places!, createRandom(3));
    expect(plants.length).toBe(places!.length);
    expect(Buffer.compare(Buffer.from(photo.data), Buffer.from(before))).toBe(0);
    for (const { box, spot, visibility } of plants) {
      expect(visibility).toBeGreaterThanOrEqual(6);
      const longer = Math.max(box.width, box.height);
      expect(Math.abs(longer - spot.longSidePx)).toBeLessThan(4);
      const middle = (Math.round(box.y + box.height / 2) * width + Math.round(box.x + box.width / 2)) * 3;
      expect([...edited.data.subarray(middle, middle + 3)]).not.toEqual([
        ...photo.data.subarray(middle, middle + 3),
      ]);
    }
  });
});
