import { expect, test } from 'vitest';
import { boxArea, identity, intersectionArea } from '../../../src/geometry/index.js';
import { renderHtml } from '../../../src/report/index.js';
import { cutCrops } from '../../../src/report/viewer/cutCrops.js';
import { mergePlaces } from '../../../src/report/viewer/regions.js';
import { fakeInspection, manyFindings, texture } from '../fakeInspection.js';

/** As costly to compress as a real board: sensor noise on the pattern. */
function noisy(width: number, height: number) {
  const picture = texture(width, height);
  let seed = 1;
  for (let k = 0; k < picture.data.length; k++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    picture.data[k]! += (seed >>> 24) / 16 - 8;
  }
  return picture;
}

const box = (x: number, y: number, side: number) => ({ x, y, width: side, height: side });

test('places that overlap well become one region, those that touch at a corner stay apart', () => {
  const regions = mergePlaces([box(0, 0, 100), box(300, 0, 100), box(20, 0, 100), null, box(380, 80, 100)]);
  expect(regions).toEqual([
    { place: { x: 0, y: 0, width: 120, height: 100 }, findings: [0, 2] },
    { place: box(300, 0, 100), findings: [1] },
    { place: box(380, 80, 100), findings: [4] },
  ]);
});

test('a row of places that overlap ends before it spans the board', () => {
  const row = Array.from({ length: 60 }, (_, k) => box(50 * k, 0, 100));
  const regions = mergePlaces(row);
  expect(regions.length).toBeGreaterThan(1);
  for (const { place, findings } of regions) {
    expect(place.width).toBeLessThanOrEqual(1200);
    for (const k of findings) expect(intersectionArea(place, row[k]!)).toBe(boxArea(row[k]!));
  }
  expect(regions.flatMap(({ findings }) => findings).sort((a, b) => a - b)).toEqual([...row.keys()]);
});

test('within a budget the strongest come in full resolution, the next in half, the rest coarsely', async () => {
  const picture = noisy(2400, 1600);
  const places = Array.from({ length: 6 }, (_, k) => box(800 * (k % 3), 800 * Math.floor(k / 3), 780));
  const regions = mergePlaces(places);
  const source = { photo: picture, golden: picture, density: 1, toPhoto: () => identity };
  const all = await cutCrops(regions, source);
  expect(all.grades).toEqual(places.map(() => 'full'));
  const bytes = (crops: { uri: string }[]) => crops.reduce((sum, { uri }) => sum + uri.length, 0);
  const budget = Math.round(0.4 * bytes(all.crops));
  const { crops, grades } = await cutCrops(regions, source, budget);
  expect(bytes(crops)).toBeLessThanOrEqual(budget);
  expect(new Set(grades)).toEqual(new Set(['full', 'half', 'coarse']));
  const order = ['full', 'half', 'coarse'];
  expect(grades.map((grade) => order.indexOf(grade))).toEqual(
    grades.map((grade) => order.indexOf(grade)).sort((a, b) => a - b),
  );
  const widths = crops.filter(({ photo }) => photo === 0).map(({ width }) => width);
  expect([widths[0], widths.at(-1)]).toEqual([780, 160]);
  const none = await cutCrops(regions, source, 0);
  expect(none).toEqual({ crops: [], grades: places.map(() => 'none') });
});

test('a page of 200 large findings stays within its bounds and says what it shows coarsely', async () => {
  const large = noisy(3600, 2400);
  const findings = manyFindings(200, 3600, 2400).map((finding) => {
    const grown = { ...finding.box!, width: 6 * finding.box!.width, height: 6 * finding.box!.height };
    return { ...finding, box: grown, referenceBox: grown };
  });
  const html = await renderHtml(fakeInspection(findings, 3600, 2400), { photo: large, golden: large });
  expect(html.length).toBeLessThan(9.7e6);
  const footer = html.slice(html.indexOf('<footer'), html.indexOf('</footer>'));
  expect(footer).toMatch(/This file has \d\.\d MB and needs no other; its pictures take 8\.7 MB at most\./);
  expect(footer).toMatch(/weaker findings \(from number \d+ on\) are shown more coarsely/);
  expect(html.match(/<article/g)).toHaveLength(200);
}, 120_000);
