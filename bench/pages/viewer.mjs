import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import sharp from 'sharp';
import { inspectionSchema, NOTICE } from '../../dist/document/index.js';

const FINDINGS = 200;
const WIDTH = 4000;
const HEIGHT = 3000;

/** A report of a 12 MP photo with 200 findings: how long it takes to make, to open, to step and to pan, and what axe says. */
export async function measureViewer(browser) {
  const { renderHtml } = await import('../../dist/report/index.js');
  const [golden, photo] = await Promise.all(
    ['samples/golden/golden-1.jpg', 'samples/incoming/clean.jpg'].map(read12Mp),
  );
  let started = performance.now();
  const html = await renderHtml(inspectionOf(FINDINGS), { photo, golden, sites: [] });
  console.log(`\nviewer, ${WIDTH} × ${HEIGHT} px, ${FINDINGS} findings`);
  figure('made in', `${ms(performance.now() - started)}, ${(html.length / 1e6).toFixed(1)} MB`);
  const file = join(mkdtempSync(join(tmpdir(), 'boardiff-bench-')), 'report.html');
  writeFileSync(file, html);

  const opened = [];
  const asked = new Set();
  let page;
  let computed;
  for (let round = 0; round < 5; round++) {
    await page?.close();
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    computed = await computingTime(page);
    page.on('request', (request) => asked.add(request.url().split(/[:,]/)[0]));
    started = performance.now();
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(painted);
    opened.push(performance.now() - started);
  }
  figure(
    'opens, painted whole',
    `${ms(median(opened))} (median of ${opened.length}, worst ${ms(Math.max(...opened))})`,
  );

  const toOpen = await computed();
  figure('  computing of it', ms(toOpen));

  const steps = await page.evaluate(async (count) => {
    const stage = document.getElementById('stage');
    const times = [];
    for (let k = 0; k < count; k++) {
      const start = performance.now();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
      do await new Promise(requestAnimationFrame);
      while (stage.dataset.selected !== String(k) || stage.dataset.pending !== '0');
      times.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return times;
  }, FINDINGS);
  figure('step, both crops painted', spread(steps));
  figure('  computing of it', `${(((await computed()) - toOpen) / FINDINGS).toFixed(1)} ms (mean)`);

  for (const [name, key, zoom] of [
    ['whole board', '1', 0],
    ['zoomed in', '1', 6],
    ['difference', '4', 2],
  ]) {
    await page.keyboard.press(key);
    await page.keyboard.press('0');
    for (let k = 0; k < zoom; k++) await page.keyboard.press('+');
    await page.waitForFunction(painted);
    const frames = await page.evaluate(async () => {
      const times = [];
      await new Promise(requestAnimationFrame);
      for (let k = 0; k < 60; k++) {
        const start = performance.now();
        const key = k % 20 < 10 ? 'L' : 'H';
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: true, bubbles: true }));
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        times.push((performance.now() - start) / 2);
      }
      return times;
    });
    figure(`panning, ${name}: a frame`, spread(frames));
  }
  await page.close();

  for (const colorScheme of ['light', 'dark']) {
    const checked = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme });
    await checked.goto(pathToFileURL(file).href);
    await checked.waitForFunction(painted);
    await checked.keyboard.press('j');
    const violations = await checked.evaluate(
      `${axe.source}; axe.run().then(({ violations }) => violations.map(({ id }) => id))`,
    );
    figure(`axe, ${colorScheme}`, `${violations.length} violations ${violations.join(', ')}`);
    await checked.close();
  }
  const elsewhere = [...asked].filter((scheme) => scheme !== 'file' && scheme !== 'data');
  figure('asks elsewhere', elsewhere.length === 0 ? 'nothing' : elsewhere.join(', '));
}

/** Milliseconds that the page's main thread has computed so far: other processes do not count in it as they do in time. */
async function computingTime(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
  };
}

function painted() {
  const { scale, pending } = document.getElementById('stage')?.dataset ?? {};
  return scale !== undefined && pending === '0';
}

async function read12Mp(file) {
  const { data } = await sharp(file)
    .resize(WIDTH, HEIGHT, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: WIDTH, height: HEIGHT, channels: 3 };
}

/** A document with findings of all kinds on a grid, 40 to 110 px wide; its mapping shifts and tilts a little. */
export function inspectionOf(count) {
  const kinds = [
    'unexpected-part',
    'missing-part',
    'shifted-part',
    'rotated-part',
    'wrong-part',
    'unexplained-change',
  ];
  const columns = 17;
  const rows = Math.ceil(count / columns);
  const findings = Array.from({ length: count }, (_, k) => {
    const wobble = (n) => ((n * 7919) % 101) / 101;
    const box = {
      x: ((k % columns) + 0.2 + 0.3 * wobble(k)) * (WIDTH / columns),
      y: (Math.floor(k / columns) + 0.2 + 0.3 * wobble(k + 7)) * (HEIGHT / rows),
      width: 40 + 70 * wobble(k + 3),
      height: 40 + 60 * wobble(k + 5),
    };
    return {
      ...{
        id: `F${k + 1}`,
        kind: kinds[k % kinds.length],
        score: 1 - (k + 1) / (count + 2),
        label: 'resistor',
      },
      ...{ site: k % 3 === 0 ? `R${k}` : null, box, referenceBox: box, photo: 0 },
      explanation:
        'The part at this site looks different from the reference: another part, or other marking.',
    };
  });
  const sha256 = '0'.repeat(64);
  const photo = {
    path: 'photo.jpg',
    sha256,
    width: WIDTH,
    height: HEIGHT,
    quality: { sharpness: 0.6, clippedFraction: 0, darkFraction: 0 },
  };
  const registration = {
    status: 'ok',
    reason: null,
    inliers: 500,
    residualPx: 0.5,
    homography: [1, 0.01, 2, -0.01, 1, 3, 1e-7, 0, 1],
  };
  const glare = { x: 500, y: 400, width: 300, height: 200 };
  return inspectionSchema.parse({
    schemaVersion: 1,
    tool: { name: 'boardiff', version: '0.0.0' },
    notice: NOTICE,
    photo,
    photos: [{ ...photo, registration, judgedFraction: 0.97 }],
    reference: {
      name: 'reference',
      sha256,
      width: WIDTH,
      height: HEIGHT,
      mmPerPixel: null,
      variant: null,
      goodBoards: 1,
      lacks: [],
    },
    models: [],
    registration,
    verdict: 'differs',
    findings,
    rules: [],
    sites: [],
    coverage: {
      ...{ judgedFraction: 0.97, judgedSites: 1, missing: [], sharedDetail: 0.7 },
      ...{ smallestVisiblePartPx: 16, smallestVisiblePartMm: null, smallestVisibleMap: null },
      notJudged: [
        { reason: 'glare', photo: 0, box: glare, referenceBox: glare, advice: 'Tilt the lamp or the board.' },
      ],
    },
    timings: {},
  });
}

function figure(name, text) {
  console.log(`  ${name.padEnd(34)} ${text}`);
}

function ms(value) {
  return `${value.toFixed(0)} ms`;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return `${sorted[sorted.length >> 1].toFixed(1)} ms (median), ${sorted[Math.floor(0.95 * sorted.length)].toFixed(1)} ms (95 %), ${sorted.at(-1).toFixed(1)} ms (worst)`;
}
