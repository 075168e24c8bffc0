import { describe, expect, it } from 'vitest';
import type { Raster } from '../../src/photo/index.js';
import { labOf } from '../../src/selftest/colour.js';
import { pasteDecoy } from '../../src/selftest/decoy.js';
import { DRAWN_PARTS, type DrawnPart, drawnPartPictures, drawPart } from '../../src/selftest/drawnParts.js';
import { edgeSpread } from '../../src/selftest/edgeSpread.js';
import { removePart } from '../../src/selftest/erase.js';
import { gaussianBlur } from '../../src/selftest/gaussianBlur.js';
import { plantPart } from '../../src/selftest/plant.js';
import { createRandom } from '../../src/selftest/random.js';
import { resamplePart } from '../../src/selftest/resample.js';
import { rgba } from '../../src/selftest/rgba.js';

const SIDE = 160;

/** A green board with grain of 3 levels, white stripes 20 px wide every 80 px, blurred by `sigma` before the grain. */
function board(sigma = 1): Raster {
  const random = createRandom(5);
  const plane = new Float32Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++)
      plane.set(x % 80 < 20 ? [220, 220, 220] : [30, 90, 50], (y * SIDE + x) * 3);
  }
  const soft = gaussianBlur(plane, SIDE, SIDE, 3, sigma);
  const data = Uint8Array.from(soft, (value) => Math.round(value + 3 * random.normal()));
  return { data, width: SIDE, height: SIDE, channels: 3 };
}

const changed = (a: Raster, b: Raster) => {
  const places: [number, number][] = [];
  for (let k = 0; k < SIDE * SIDE; k++) {
    if ([0, 1, 2].some((c) => a.data[k * 3 + c] !== b.data[k * 3 + c]))
      places.push([k % SIDE, Math.floor(k / SIDE)]);
  }
  return places;
};

describe('labOf', () => {
  it('agrees with known colours', () => {
    const near = (rgb: [number, number, number], lab: number[]) =>
      labOf(...rgb).forEach((value, k) => {
        expect(value).toBeCloseTo(lab[k]!, 0);
      });
    near([255, 255, 255], [100, 0, 0]);
    near([0, 0, 0], [0, 0, 0]);
    near([255, 0, 0], [53.2, 80.1, 67.2]);
  });
});

describe('edgeSpread', () => {
  it.each([0.7, 1.2, 2, 3])('measures a blur of %f px within a quarter', (sigma) => {
    expect(Math.abs(edgeSpread(board(sigma), 0, 0, SIDE, SIDE)! / sigma - 1)).toBeLessThan(0.25);
  });
});

describe('resamplePart', () => {
  it('averages the part over each pixel of the photo', () => {
    // 4 × 4 white, its right half clear: two photo pixels side by side, one covered, one not.
    const data = new Uint8Array(64).fill(255);
    for (let k = 0; k < 16; k++) if (k % 4 > 1) data[k * 4 + 3] = 0;
    const window = { x: 10, y: 10, width: 2, height: 2 };
    const placed = { center: [10.5, 10.5] as const, angleDeg: 0, longSidePx: 2 };
    const layer = resamplePart(rgba(data, 4, 4), placed, window, (value) => value / 255);
    expect([...layer]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0]);
    // Turned by a quarter clockwise, its left half looks up.
    const turned = resamplePart(
      rgba(data, 4, 4),
      { ...placed, angleDeg: 90 },
      window,
      (value) => value / 255,
    );
    expect([...turned].filter((_, k) => k % 4 === 3)).toEqual([1, 1, 0, 0]);
  });
});

describe('plantPart', () => {
  const part = drawPart('qfn', 96, createRandom(2));
  const placed = { center: [100, 80] as const, angleDeg: 0, longSidePx: 24 };

  it('changes a copy, around the place only, and says where and how visibly', () => {
    const photo = board();
    const before = photo.data.slice();
    const edit = plantPart(photo, part, placed, createRandom(1));
    expect(photo.data).toEqual(before);
    expect(Math.abs(edit.box.x - 88.5)).toBeLessThan(2);
    expect(Math.abs(edit.box.width - 24)).toBeLessThan(3);
    expect(edit.visibility).toBeGreaterThan(10);
    for (const [x, y] of changed(photo, edit.photo)) expect(Math.hypot(x - 100, y - 80)).toBeLessThan(34);
  });

  it('leaves a Buffer that it is given alone', () => {
    const photo = board();
    const buffer: Raster = { ...photo, data: Buffer.from(photo.data) };
    plantPart(buffer, part, placed, createRandom(1));
    expect(new Uint8Array(buffer.data)).toEqual(photo.data);
  });

  it('blurs the part to the photo around it', () => {
    const soft = (sigma: number) => {
      const { photo } = plantPart(board(sigma), part, { ...placed, longSidePx: 40 }, createRandom(1));
      return edgeSpread(photo, 80, 60, 120, 100)!;
    };
    expect(soft(2.5)).toBeGreaterThan(1.5 * soft(0.8));
  });

  it('throws its shadow where the light says', () => {
    const photo = board();
    const light = { shadowAngleDeg: 180, reach: 0.25, depth: 0.6 };
    const shaded = plantPart(photo, part, placed, createRandom(1), { light }).photo;
    const bare = plantPart(photo, part, placed, createRandom(1), { light: null }).photo;
    const darker = (x: number) => {
      const k = (80 * SIDE + x) * 3 + 1;
      return bare.data[k]! - shaded.data[k]!;
    };
    expect(darker(84)).toBeGreaterThan(15); // 4 px left of the part
    expect(Math.abs(darker(116))).toBeLessThan(6); // 4 px right of it
  });

  it('is the same for the same seed', () => {
    const photo = board();
    const data = () => plantPart(photo, part, placed, createRandom(9)).photo.data;
    expect(data()).toEqual(data());
  });

  it('says what it expects', () => {
    const outside = { ...placed, center: [900, 80] as const };
    expect(() => plantPart(board(), part, outside, createRandom(1))).toThrow(
      'plantPart: expected a place inside',
    );
  });
});

describe('pasteDecoy', () => {
  it('changes nothing that matters', () => {
    const placed = { center: [100, 80] as const, angleDeg: 8, longSidePx: 30 };
    const edit = pasteDecoy(board(), placed, 0.7, createRandom(1));
    expect(edit.visibility).toBeLessThan(4);
    expect(edit.visibility).toBeGreaterThan(0);
    expect(Math.abs(edit.box.width - 33)).toBeLessThan(4);
  });
});

describe('removePart', () => {
  it('leaves bare surface where a part was', () => {
    const photo = board();
    const part = drawPart('so-8', 96, createRandom(2));
    const planted = plantPart(
      photo,
      part,
      { center: [130, 80], angleDeg: 0, longSidePx: 16 },
      createRandom(1),
    );
    const removed = removePart(planted.photo, planted.box, createRandom(1));
    expect(removed.visibility).toBeGreaterThan(10);
    // The middle of the hole is the board's green again.
    const k = (80 * SIDE + 130) * 3;
    [30, 90, 50].forEach((value, c) => {
      expect(Math.abs(removed.photo.data[k + c]! - value)).toBeLessThan(15);
    });
  });
});

describe('drawPart', () => {
  it.each(Object.keys(DRAWN_PARTS) as DrawnPart[])('draws a %s at any resolution', (name) => {
    for (const side of [12, 90]) {
      const { data, width, height } = drawPart(name, side, createRandom(4));
      expect(Math.max(width, height)).toBeLessThanOrEqual(side);
      expect(Math.max(width, height)).toBeGreaterThan(0.6 * side);
      let opaque = 0;
      for (let k = 3; k < data.length; k += 4) if (data[k]! > 127) opaque++;
      expect(opaque / (width * height)).toBeGreaterThan(0.5);
    }
  });

  it('draws in millimetres', () => {
    const crystal = drawnPartPictures().find(({ label }) => label === 'crystal')!;
    const { width, height } = crystal.draw(10, createRandom(1));
    expect([width, height]).toEqual([32, 25]); // 3.2 × 2.5 mm
  });

  it('says what it expects', () => {
    expect(() => drawPart('qfn', 2, createRandom(1))).toThrow('drawPart: expected at least 4 px, got 2');
  });
});
