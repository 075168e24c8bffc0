import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { NOTICE } from '../../src/document/index.js';
import { type Homography, invert, mapBox } from '../../src/geometry/index.js';
import type { Raster } from '../../src/photo/index.js';
import { crop } from '../../src/report/crop.js';
import { renderHtml } from '../../src/report/index.js';
import { fakeFinding, fakeInspection, fakeRefusal, manyFindings, texture } from './fakeInspection.js';

const photo = texture(640, 400);
const box = { x: 300, y: 200, width: 40, height: 30 };
let html: string;

beforeAll(async () => {
  html = await renderHtml(fakeInspection([fakeFinding('F1', box)]), { photo, golden: photo });
});

/** The pictures of a report, in order. */
async function pictures(text: string): Promise<Raster[]> {
  const found = [...text.matchAll(/src="data:image\/jpeg;base64,([^"]+)"/g)];
  return Promise.all(
    found.map(async ([, base64]) => {
      const jpeg = sharp(Buffer.from(base64!, 'base64')).raw();
      const { data, info } = await jpeg.toBuffer({ resolveWithObject: true });
      return { data, width: info.width, height: info.height, channels: 3 as const };
    }),
  );
}

test('verdict, meaning, next step and notice stand before everything else', () => {
  const body = html.slice(html.indexOf('<body>'), html.indexOf('<section>'));
  expect(body).toContain('DIFFERS');
  expect(body).toContain('1 finding; 96 % of the board could be judged.');
  expect(body).toContain('Look at the board itself at F1.');
  expect(body).toContain(NOTICE);
});

test('it loads nothing and runs nothing', () => {
  expect(html).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
  );
  expect(html).not.toMatch(/<(script|link|iframe|object|embed|form|base)\b/i);
  expect(html).not.toMatch(/\son\w+=/i);
  expect(html).not.toMatch(/url\(|@import|https?:\/\/|file:/i);
  for (const [, target] of html.matchAll(/(?:src|href)="([^"]*)"/g))
    expect(target).toMatch(/^data:image\/jpeg/);
});

test('every picture has a text, and there are three for one finding', () => {
  const images = [...html.matchAll(/<img[^>]*>/g)].map(([tag]) => tag);
  expect(images).toHaveLength(3);
  for (const tag of images) expect(tag).toMatch(/alt="[^"]+"/);
});

test('hostile names arrive as text', async () => {
  const hostile = `"><img src=x onerror=alert(1)><!-- ' & \u001b[2J\u202e`;
  const finding = fakeFinding('F1', box, { label: hostile, site: hostile, explanation: hostile });
  const inspection = fakeInspection([finding]);
  inspection.photo.path = `in/${hostile}`;
  inspection.reference.name = hostile;
  inspection.sites = [
    { id: hostile, label: hostile, expected: 'empty', verdict: 'differs', reason: hostile },
  ];
  inspection.models[0]!.name = hostile;
  inspection.timings = { [hostile]: 3 };
  const text = await renderHtml(inspection, { photo, golden: null });
  expect(text).not.toContain('<img src=x');
  expect(text).not.toContain('<!--');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text.match(/&quot;&gt;&lt;img src=x onerror=alert\(1\)&gt;/g)!.length).toBeGreaterThan(8);
  expect([...text.matchAll(/<img[^>]*>/g)]).toHaveLength(2);
});

test('a refusal shows the reason and the photo, and no findings', async () => {
  const text = await renderHtml(fakeRefusal(), { photo, golden: photo });
  expect(text).toContain('NOT JUDGED');
  expect(text).toContain('only 9 points of the photo agree with the reference, at least 25 are needed.');
  expect(text).toContain(NOTICE);
  expect(text).not.toContain('<article');
  expect(await pictures(text)).toHaveLength(1);
});

test('reference and photo show the same place, though the photo is turned and larger', async () => {
  const golden = texture(640, 400);
  // A red patch that only the reference frame's mapping finds in the turned photo.
  for (let y = 200; y < 230; y++) {
    for (let x = 300; x < 340; x++) golden.data.set([220, 30, 30], (y * 640 + x) * 3);
  }
  const toReference: Homography = [0, 0.5, 0, -0.5, 0, 400, 0, 0, 1];
  const turned = crop(golden, { x: 0, y: 0, width: 800, height: 1280 }, 800, toReference);
  const finding = fakeFinding('F1', mapBox(invert(toReference), box), { referenceBox: box });
  const inspection = fakeInspection([finding], 800, 1280);
  inspection.reference.width = 640;
  inspection.reference.height = 400;
  inspection.registration.homography = [...toReference];
  const [left, right] = await pictures(await renderHtml(inspection, { photo: turned, golden }));
  expect([left!.width, left!.height]).toEqual([right!.width, right!.height]);
  let difference = 0;
  for (let k = 0; k < left!.data.length; k++) difference += Math.abs(left!.data[k]! - right!.data[k]!);
  expect(difference / left!.data.length).toBeLessThan(4);
  const middle = (Math.floor(left!.height / 2) * left!.width + Math.floor(left!.width / 2)) * 3;
  expect(right!.data[middle]!).toBeGreaterThan(180);
  expect(right!.data[middle + 1]!).toBeLessThan(70);
});

test('where local alignment moved a finding, the crop of the photo moves with it', async () => {
  const golden = texture(640, 400);
  const taller = texture(640, 400);
  const red = [220, 30, 30];
  for (let y = 200; y < 230; y++) {
    for (let x = 300; x < 340; x++) {
      golden.data.set(red, (y * 640 + x) * 3);
      taller.data.set(red, (y * 640 + x + 9) * 3);
    }
  }
  const finding = fakeFinding('F1', { ...box, x: box.x + 9 }, { referenceBox: box });
  const [left, right] = await pictures(
    await renderHtml(fakeInspection([finding]), { photo: taller, golden }),
  );
  // Both show red in the same columns of the middle row.
  const columns = ({ data, width, height }: Raster) => {
    const row = Math.floor(height / 2) * width * 3;
    const isRed = Array.from({ length: width }, (_, x) => data[row + 3 * x]! - data[row + 3 * x + 1]! > 100);
    return [isRed.indexOf(true), isRed.lastIndexOf(true)];
  };
  for (const side of [0, 1]) {
    expect(Math.abs(columns(left!)[side]! - columns(right!)[side]!)).toBeLessThanOrEqual(2);
  }
  // Cut at the edge of the photo, a box no longer tells by how much.
  const cut = fakeFinding('F1', { x: 0, y: 180, width: 12, height: 30 }, { referenceBox: { ...box, x: -8 } });
  expect(await pictures(await renderHtml(fakeInspection([cut]), { photo: taller, golden }))).toHaveLength(3);
});

test('the two crops can be laid over each other, by styles alone', async () => {
  expect(html.match(/<label class="blink"><input type="checkbox">/g)).toHaveLength(1);
  const single = await renderHtml(fakeInspection([fakeFinding('F1', box)]), { photo, golden: null });
  expect(single).not.toContain('<label');
});

test('a document without a usable mapping still gives a report', async () => {
  const inspection = fakeInspection([fakeFinding('F1', box), fakeFinding('F2', null)]);
  inspection.registration.homography = [0, 0, 0, 0, 0, 0, 0, 0, 1];
  expect(await pictures(await renderHtml(inspection, { photo, golden: photo }))).toHaveLength(2);
});

test('200 findings stay below 8 MB', async () => {
  // As costly to compress as a real board: sensor noise on the pattern, and findings of up to 170 px.
  const large = texture(2400, 1600);
  let seed = 1;
  for (let k = 0; k < large.data.length; k++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    large.data[k]! += (seed >>> 24) / 16 - 8;
  }
  const findings = manyFindings(200, 2400, 1600).map((finding) => {
    const grown = { ...finding.box!, width: 4 * finding.box!.width, height: 4 * finding.box!.height };
    return { ...finding, box: grown, referenceBox: grown };
  });
  const inspection = fakeInspection(findings, 2400, 1600);
  const text = await renderHtml(inspection, { photo: large, golden: large });
  expect(text.length).toBeLessThan(8e6);
  expect(text.match(/<article/g)).toHaveLength(200);
}, 60_000);

test('says how the reference was chosen where a scan did, with names made harmless', async () => {
  const inspection = fakeInspection([]);
  expect(html).not.toContain('Reference chosen');
  const candidates = [
    { name: '<b>top', score: 80 },
    { name: 'bottom', score: 20 },
  ];
  inspection.reference.chosen = { by: 'features', candidates, margin: 0.75 };
  const text = await renderHtml(inspection, { photo, golden: photo });
  expect(text).toContain(
    'by what the photo looks like: &lt;b&gt;top (80 features in their places), then bottom (20 features in their places); ahead by 75.0 %',
  );
});
