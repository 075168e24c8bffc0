import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Finding, Inspection } from '../../src/document/index.js';
import { intersectionArea } from '../../src/geometry/index.js';
import type { Raster } from '../../src/photo/index.js';
import { placeMarks } from '../../src/report/marks.js';
import { composePicture, renderPicture } from '../../src/report/picture.js';
import {
  fakeFinding,
  fakeInspection,
  fakeNotJudged,
  fakeRefusal,
  manyFindings,
  texture,
} from './fakeInspection.js';

/** Colour of a pixel of the photo inside the picture; the photo lies at the lower left. */
function photoPixel(picture: Raster, photo: Raster, x: number, y: number): number[] {
  const at = ((y + picture.height - photo.height) * picture.width + x) * 3;
  return [...picture.data.subarray(at, at + 3)];
}

function pixel(photo: Raster, x: number, y: number): number[] {
  const at = (y * photo.width + x) * 3;
  return [...photo.data.subarray(at, at + 3)];
}

async function compose(findings: Finding[], photo: Raster): Promise<Raster> {
  return composePicture(fakeInspection(findings, photo.width, photo.height), photo);
}

test('the marked place is framed, and what lies inside the box is untouched', async () => {
  const photo = texture(900, 600);
  const box = { x: 400, y: 300, width: 90, height: 60 };
  const picture = await compose([fakeFinding('F1', box)], photo);
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      expect(photoPixel(picture, photo, x, y)).toEqual(pixel(photo, x, y));
    }
  }
  // The kind's colour lies within 8 px outside all four sides.
  const isFrame = ([r, g, b]: number[]) => r! > 200 && g! < 140 && b! < 120;
  const sides = [
    Array.from({ length: 8 }, (_, k) => [box.x - 1 - k, 330]),
    Array.from({ length: 8 }, (_, k) => [box.x + box.width + k, 320]),
    Array.from({ length: 8 }, (_, k) => [445, box.y - 1 - k]),
    Array.from({ length: 8 }, (_, k) => [445, box.y + box.height + k]),
  ];
  for (const side of sides) {
    expect(side.some(([x, y]) => isFrame(photoPixel(picture, photo, x!, y!)))).toBe(true);
  }
});

test('a frame shows on black, and white on white', async () => {
  for (const ground of [0, 255]) {
    const photo: Raster = {
      data: new Uint8Array(600 * 400 * 3).fill(ground),
      width: 600,
      height: 400,
      channels: 3,
    };
    const picture = await compose(
      [fakeFinding('F1', { x: 200, y: 200, width: 60, height: 40 }, { kind: 'unexplained-change' })],
      photo,
    );
    const row = Array.from({ length: 12 }, (_, k) => photoPixel(picture, photo, 260 + k, 220)[0]!);
    expect(Math.max(...row) - Math.min(...row)).toBeGreaterThan(150);
  }
});

test('far from all marks the photo is the photo', async () => {
  const photo = texture(900, 600);
  const picture = await compose([fakeFinding('F1', { x: 700, y: 100, width: 20, height: 20 })], photo);
  for (let y = 300; y < 600; y += 7) {
    for (let x = 0; x < 600; x += 7) expect(photoPixel(picture, photo, x, y)).toEqual(pixel(photo, x, y));
  }
});

test.each([5, 60])('%i findings: no tag covers another finding, or leaves the photo', (count) => {
  const marks = manyFindings(count, 1600, 1000).map(({ id, kind, box }) => ({ id, kind, box: box! }));
  const placed = placeMarks(marks, 1600, 1000);
  expect(placed.map(({ id }) => id)).toEqual(marks.map(({ id }) => id));
  for (const [k, { tag }] of placed.entries()) {
    for (const { box } of marks) expect(intersectionArea(tag, box)).toBe(0);
    for (const other of placed.slice(k + 1)) expect(intersectionArea(tag, other.tag)).toBe(0);
    expect(intersectionArea(tag, { x: 0, y: 0, width: 1600, height: 1000 })).toBeCloseTo(
      tag.width * tag.height,
    );
  }
});

test('a tag moves off where its neighbours leave no room beside its frame', () => {
  const boxes = Array.from({ length: 25 }, (_, k) => ({
    x: 300 + (k % 5) * 24,
    y: 300 + Math.floor(k / 5) * 24,
    width: 12,
    height: 12,
  }));
  const placed = placeMarks(
    boxes.map((box, k) => ({ id: `F${k + 1}`, kind: 'missing-part', box })),
    800,
    800,
  );
  const covered = placed.filter(({ tag }) => boxes.some((box) => intersectionArea(tag, box) > 0));
  // The inner ones have nowhere to go: that stays rare.
  expect(covered.length).toBeLessThan(8);
});

test('20 px on a 4,000 px photo get a frame that can be seen', () => {
  const [mark] = placeMarks(
    [{ id: 'F1', kind: 'wrong-part', box: { x: 2000, y: 1000, width: 20, height: 14 } }],
    4000,
    3000,
  );
  expect(mark!.frame.width).toBeGreaterThanOrEqual(60);
  expect(mark!.small).toBe(true);
  expect(mark!.frame.x + mark!.frame.width / 2).toBeCloseTo(2010);
});

test('a tick ends where a neighbouring finding begins', async () => {
  const photo = texture(2000, 1200);
  // The second lies where the right tick of the first would run.
  const boxes = [
    { x: 1000, y: 600, width: 16, height: 12 },
    { x: 1032, y: 598, width: 14, height: 16 },
  ];
  const findings = boxes.map((box, k) => fakeFinding(`F${k + 1}`, box));
  const [first] = placeMarks(
    findings.map(({ id, kind, box }) => ({ id, kind, box: box! })),
    2000,
    1200,
  );
  const reach = first!.frame.x + first!.frame.width + first!.tick;
  expect(reach).toBeGreaterThan(1040);
  const [alone, both] = [await compose([findings[0]!], photo), await compose(findings, photo)];
  const tickAt = (picture: Raster, x: number) => photoPixel(picture, photo, x, 606)[0]!;
  // Alone the leader runs there too: where the two are together, the neighbour's inside stays the photo's.
  expect(tickAt(alone, 1039)).toBeGreaterThan(200);
  for (let x = 1035; x < 1044; x++) expect(photoPixel(both, photo, x, 606)).toEqual(pixel(photo, x, 606));
});

test('few findings get larger tags than many', () => {
  const place = (count: number) =>
    placeMarks(
      manyFindings(count, 2400, 1800).map(({ id, kind, box }) => ({ id, kind, box: box! })),
      2400,
      1800,
    )[0]!;
  expect(place(5).tag.height).toBeGreaterThan(1.3 * place(60).tag.height);
  expect(place(60).small).toBe(false);
});

test('no leader, tag or outline of a place not judged runs over a finding', async () => {
  const photo = texture(1000, 700);
  // In one row, so that the leader of each would run through the next ones.
  const findings = [100, 300, 500, 700].map((x, k) =>
    fakeFinding(`F${k + 1}`, { x, y: 340, width: 40, height: 30 }, { kind: 'shifted-part' }),
  );
  const inspection = fakeInspection(findings, 1000, 700);
  inspection.coverage.notJudged = [
    fakeNotJudged('glare', { x: 120, y: 100, width: 400, height: 255 }),
    fakeNotJudged('shadow', { x: 90, y: 345, width: 800, height: 300 }),
  ];
  const picture = await composePicture(inspection, photo);
  for (const { box } of findings) {
    for (let y = box!.y; y < box!.y + box!.height; y++) {
      for (let x = box!.x; x < box!.x + box!.width; x++) {
        expect(photoPixel(picture, photo, x, y)).toEqual(pixel(photo, x, y));
      }
    }
  }
  // The outline of the glare is there where nothing lies in its way: white dashes on black.
  const edge = Array.from({ length: 200 }, (_, k) => photoPixel(picture, photo, 150 + k, 100)[0]!);
  expect(Math.max(...edge)).toBeGreaterThan(160);
  expect(Math.min(...edge)).toBeLessThan(90);
});

test('a magnified view shows the finding beside the photo', async () => {
  const photo = texture(1200, 800);
  for (let y = 400; y < 412; y++) photo.data.fill(255, (y * 1200 + 200) * 3, (y * 1200 + 216) * 3);
  const picture = await compose([fakeFinding('F1', { x: 200, y: 400, width: 16, height: 12 })], photo);
  expect(picture.width).toBeGreaterThan(1400);
  let white = 0;
  for (let y = 0; y < 800; y++) {
    for (let x = 1200; x < picture.width; x++) {
      if (photoPixel(picture, photo, x, y).every((value) => value > 245)) white++;
    }
  }
  // 192 white pixels in the photo; in the view each is more than two pixels a side.
  expect(white).toBeGreaterThan(4 * 16 * 12);
});

async function sizeOf(inspection: Inspection, photo: Raster, maxSide?: number) {
  const jpeg = await renderPicture(inspection, photo, maxSide ? { maxSide } : {});
  const { format, width, height } = await sharp(jpeg).metadata();
  return { format, width, height };
}

test('every state gives a JPEG with a banner above the photo', async () => {
  const photo = texture(640, 400);
  for (const inspection of [fakeInspection([]), fakeRefusal(), fakeInspection(manyFindings(60, 640, 400))]) {
    const { format, width, height } = await sizeOf(inspection, photo);
    expect(format).toBe('jpeg');
    expect(width).toBeGreaterThanOrEqual(640);
    expect(height).toBeGreaterThan(430);
  }
});

test('a large photo is shrunk, a grey or tiny one is no failure', async () => {
  const large = await sizeOf(fakeInspection([], 1200, 800), texture(1200, 800), 600);
  expect(large.width).toBe(600);
  const grey: Raster = { data: new Uint8Array(300 * 200).fill(90), width: 300, height: 200, channels: 1 };
  const box = { x: 290, y: 190, width: 30, height: 30 };
  expect((await sizeOf(fakeInspection([fakeFinding('F1', box)], 300, 200), grey)).format).toBe('jpeg');
  const tiny = texture(64, 64);
  expect(
    (await sizeOf(fakeInspection([fakeFinding('F1', { ...box, x: 2, y: 2 })], 64, 64), tiny)).format,
  ).toBe('jpeg');
});

test('the picture is the same, byte for byte, each time', async () => {
  const photo = texture(640, 400);
  const inspection = fakeInspection(manyFindings(8, 640, 400));
  const [a, b] = [await renderPicture(inspection, photo), await renderPicture(inspection, photo)];
  expect(a.equals(b)).toBe(true);
});
