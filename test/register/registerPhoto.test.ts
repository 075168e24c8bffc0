import { beforeAll, describe, expect, it } from 'vitest';
import {
  boxCorners,
  compose,
  type Homography,
  homographyFromPoints,
  invert,
  mapPoint,
  type Point,
} from '../../src/geometry/index.js';
import { type Raster, readPhoto, shrinkTo } from '../../src/photo/index.js';
import {
  prepareReference,
  type RegistrationReference,
  registerPhoto,
  warp,
} from '../../src/register/index.js';

let golden: Raster;
let reference: RegistrationReference;

beforeAll(async () => {
  golden = await shrinkTo((await readPhoto('samples/golden/golden-1.jpg')).pixels, 1600);
  reference = await prepareReference(golden, frame(golden));
});

function frame({ width, height }: Raster): Point[] {
  return boxCorners({ x: 0, y: 0, width: width - 1, height: height - 1 });
}

function turned(degrees: number, scale: number, tilt: number): Homography {
  const [cx, cy] = [golden.width / 2, golden.height / 2];
  const a = (degrees * Math.PI) / 180;
  const corners = frame(golden).map(([x, y], k): Point => {
    const s = scale * (k === 1 || k === 2 ? 1 - tilt : 1);
    const dx = (x - cx) * s;
    const dy = (y - cy) * s;
    return [
      cx * 1.4 * Math.max(1, scale) + dx * Math.cos(a) - dy * Math.sin(a),
      cy * 1.8 * Math.max(1, scale) + dx * Math.sin(a) + dy * Math.cos(a),
    ];
  });
  return homographyFromPoints(frame(golden), corners);
}

describe('registration against known homographies', () => {
  it.each([
    [0, 1, 0],
    [90, 0.9, 0.05],
    [180, 1, 0.1],
    [37, 0.5, 0.05],
    [-120, 0.35, 0],
    [10, 1.8, 0.08],
  ])('turned by %i°, scale %f, tilt %f: corners within 1.5 px', async (degrees, scale, tilt) => {
    const view = turned(degrees, scale, tilt);
    const size = 1 + Math.max(1, scale);
    const photo = await warp(golden, view, Math.round(golden.width * size), Math.round(golden.height * size));
    for (let k = 0; k < photo.data.length; k++) photo.data[k] = 20 + 0.8 * photo.data[k]!; // other light
    const result = await registerPhoto(photo, reference);
    expect(result.reason).toBeNull();
    const there = compose(result.homography!, view);
    for (const corner of frame(golden)) {
      const [x, y] = mapPoint(there, corner);
      expect(Math.hypot(x - corner[0], y - corner[1])).toBeLessThan(1.5);
    }
    expect(mapPoint(invert(result.homography!), [0, 0]).every(Number.isFinite)).toBe(true);
  });
});

it('asks no finer a fit of small pictures than tracking gives', async () => {
  const small = async (file: string) => shrinkTo((await readPhoto(file)).pixels, 300);
  const first = await small('samples/golden/golden-2.jpg');
  const photo = await small('samples/incoming/implant.jpg');
  const result = await registerPhoto(photo, await prepareReference(first, frame(first)));
  expect(result.reason).toBeNull();
  expect(result.residualPx).toBeGreaterThan(0.002 * 300);
});

describe('refusals', () => {
  it('refuses a blank photo', async () => {
    const blank: Raster = { ...golden, data: new Uint8Array(golden.data.length).fill(128) };
    expect((await registerPhoto(blank, reference)).reason).toContain('blank');
  });

  it('refuses a mirrored photo', async () => {
    const data = new Uint8Array(golden.data.length);
    for (let y = 0; y < golden.height; y++) {
      for (let x = 0; x < golden.width; x++) {
        const from = (y * golden.width + golden.width - 1 - x) * 3;
        data.set(golden.data.subarray(from, from + 3), (y * golden.width + x) * 3);
      }
    }
    expect((await registerPhoto({ ...golden, data }, reference)).status).toBe('refused');
  });

  it('refuses something else altogether', async () => {
    let seed = 1;
    const data = Uint8Array.from(golden.data, () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed >> 23;
    });
    expect((await registerPhoto({ ...golden, data }, reference)).status).toBe('refused');
  });
});
