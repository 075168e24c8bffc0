import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { NOTICE } from '../../src/document/index.js';
import { type Homography, invert, mapBox } from '../../src/geometry/index.js';
import type { Raster } from '../../src/photo/index.js';
import { crop } from '../../src/report/crop.js';
import { renderHtml, sitesInPage } from '../../src/report/index.js';
import { fakeFinding, fakeInspection, fakeRefusal, texture } from './fakeInspection.js';

const photo = texture(640, 400);
const box = { x: 300, y: 200, width: 40, height: 30 };
let html: string;

beforeAll(async () => {
  html = await renderHtml(fakeInspection([fakeFinding('F1', box)]), { photo, golden: photo });
});

/** The picture of an id, as pixels. */
async function picture(text: string, id: string): Promise<Raster> {
  const [, base64] = new RegExp(`<image id="${id}"[^>]*href="data:image/jpeg;base64,([^"]+)"`).exec(text)!;
  const jpeg = sharp(Buffer.from(base64!, 'base64')).raw();
  const { data, info } = await jpeg.toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3 as const };
}

function ids(text: string): string[] {
  return [...text.matchAll(/<image id="([^"]+)"/g)].map(([, id]) => id!);
}

/** The block that the page's script reads. */
function dataOf(text: string) {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text)![1]!);
}

test('verdict, meaning, next step, notice and what was not judged stand before everything else', () => {
  const head = html.slice(html.indexOf('<body>'), html.indexOf('<main>'));
  expect(head).toContain('DIFFERS');
  expect(head).toContain('1 finding; 96 % of the board could be judged.');
  expect(head).toContain('Look at the board itself at F1.');
  expect(head).toContain(NOTICE);
  expect(head).toContain('Not judged: washed out');
});

test('it loads nothing, and only its own script may run', () => {
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)!;
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'$/,
  );
  expect(html).not.toMatch(/<(link|iframe|object|embed|form|base)\b/i);
  expect(html).not.toMatch(/\son\w+="/i);
  // The namespace of SVG is a name, not an address.
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/@import|https?:\/\/|file:/i);
  for (const [, target] of html.matchAll(/\s(?:src|href)="([^"]*)"/g))
    expect(target).toMatch(/^(#|data:image\/jpeg)/);
});

test('each picture is in the file once: photo and golden photo of the whole, and of the finding', () => {
  expect(ids(html)).toEqual(['i-photo-0', 'i-golden', 'i-0-0', 'i-0-golden']);
});

test('the data is made for several photos, and each finding names its own', () => {
  const { photos, findings, frame } = dataOf(html);
  expect(frame).toEqual({ width: 640, height: 400, of: 'reference' });
  expect(photos).toHaveLength(1);
  expect(findings).toMatchObject([
    { id: 'F1', number: 1, photo: 0, words: 'unexpected part', place: box, picture: 'i-0-0' },
  ]);
});

test('hostile names arrive as text', async () => {
  const hostile = `"><img src=x onerror=alert(1)></script><!-- ' & \u001b[2J\u202e`;
  const finding = fakeFinding('F1', box, { label: hostile, site: hostile, explanation: hostile });
  const inspection = fakeInspection([finding]);
  inspection.photo.path = `in/${hostile}`;
  inspection.reference.name = hostile;
  inspection.sites = [
    { id: hostile, label: hostile, expected: 'empty', verdict: 'matches', reason: hostile },
  ];
  inspection.models[0]!.name = hostile;
  inspection.timings = { [hostile]: 3 };
  const text = await renderHtml(inspection, { photo, golden: null, sites: [{ id: hostile, box }] });
  expect(text).not.toContain('<img src=x');
  expect(text).not.toContain('<!--');
  expect(text.match(/<\/script>/g)).toHaveLength(2);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text.match(/&quot;&gt;&lt;img src=x onerror=alert\(1\)&gt;/g)!.length).toBeGreaterThan(8);
  expect(dataOf(text).sites).toHaveLength(1);
});

test('a refusal shows the photo, the reason and what to do, and no findings', async () => {
  const text = await renderHtml(fakeRefusal(), { photo, golden: photo });
  expect(text).toContain('NOT JUDGED');
  expect(text).toContain('Only 9 points of the photo agree with the reference, at least 25 are needed.');
  expect(text).toContain('Take the photo again');
  expect(text).toContain(NOTICE);
  expect(text).not.toContain('<article');
  // The golden photo stands beside it, not under it: they share no frame.
  expect(ids(text)).toEqual(['i-photo-0', 'i-beside']);
  expect(dataOf(text)).toMatchObject({ golden: null, frame: { of: 'photo' } });
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
  const text = await renderHtml(inspection, { photo: turned, golden });
  for (const [ours, theirs] of [
    ['i-0-0', 'i-0-golden'],
    ['i-photo-0', 'i-golden'],
  ]) {
    const left = await picture(text, theirs!);
    const right = await picture(text, ours!);
    // The photo is twice as fine, and its crop keeps that.
    const finer = right.width / left.width;
    expect(finer).toBe(ours === 'i-0-0' ? 2 : 1);
    let difference = 0;
    for (let y = 0; y < left.height; y++) {
      for (let x = 0; x < left.width; x++) {
        const there = (Math.floor((y + 0.5) * finer) * right.width + Math.floor((x + 0.5) * finer)) * 3;
        difference += Math.abs(left.data[(y * left.width + x) * 3]! - right.data[there]!);
      }
    }
    expect(difference / (left.width * left.height)).toBeLessThan(4);
  }
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
  const text = await renderHtml(fakeInspection([finding]), { photo: taller, golden });
  // Both show red in the same columns of the middle row.
  const columns = ({ data, width, height }: Raster) => {
    const row = Math.floor(height / 2) * width * 3;
    const isRed = Array.from({ length: width }, (_, x) => data[row + 3 * x]! - data[row + 3 * x + 1]! > 100);
    return [isRed.indexOf(true), isRed.lastIndexOf(true)];
  };
  const [left, right] = [columns(await picture(text, 'i-0-golden')), columns(await picture(text, 'i-0-0'))];
  for (const side of [0, 1]) expect(Math.abs(left[side]! - right[side]!)).toBeLessThanOrEqual(2);
  expect(left[0]).toBeGreaterThan(0);
});

test('a document without a usable mapping still gives a report, in the frame of the photo', async () => {
  const inspection = fakeInspection([fakeFinding('F1', box), fakeFinding('F2', null)]);
  inspection.registration.homography = [0, 0, 0, 0, 0, 0, 0, 0, 1];
  const text = await renderHtml(inspection, { photo, golden: photo });
  expect(ids(text)).toEqual(['i-photo-0', 'i-beside', 'i-0-0']);
  expect(dataOf(text).findings).toMatchObject([{ place: box }, { place: null, picture: null }]);
});

test('sites that match are kept with their places, others not', async () => {
  const sites = [
    { id: 'R12', box },
    { id: 'U3', box },
  ];
  const text = await renderHtml(fakeInspection([]), { photo, golden: photo, sites });
  expect(dataOf(text).sites).toEqual([{ id: 'R12', label: 'resistor', box }]);
  expect(text).toContain('Matching sites');
  expect(sitesInPage(text)).toEqual([{ id: 'R12', box }]);
  expect(sitesInPage('<p>another page</p>')).toEqual([]);
  expect(html).not.toContain('Matching sites');
});

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

test('says what it was made with: photo, reference, settings, models, program', async () => {
  const inspection = fakeInspection([]);
  inspection.settings = { falseCalls: 0.5, minCoverage: { sites: 0.95, surface: 0.9 } };
  const page = await renderHtml(inspection, { photo, golden: photo });
  expect(page).toContain(
    '0.5 false calls expected in a photo of a good board; a match needs 95 % of the sites and 90 % of the surface judged',
  );
  for (const { sha256 } of [inspection.photo, inspection.reference, ...inspection.models])
    expect(page).toContain(sha256);
});
