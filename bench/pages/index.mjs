// The contact sheet of 5,000 photos in headless Chromium: opening, filtering, sorting, moving.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderIndex } from '../../dist/report/batch/index.js';
import { manyPhotos, writeThumbnails } from './manyPhotos.mjs';

const PHOTOS = 5000;
const RUNS = 7;

/** @param {import('playwright-core').Browser} browser */
export async function measureIndex(browser) {
  const folder = mkdtempSync(join(tmpdir(), 'boardiff-index-'));
  const report = manyPhotos(PHOTOS);
  const started = performance.now();
  const page = renderIndex(report);
  console.log(
    `contact sheet of ${PHOTOS} photos: ${(page.length / 1e6).toFixed(2)} MB, written in ${ms(performance.now() - started)}`,
  );
  writeFileSync(join(folder, 'index.html'), page);
  await writeThumbnails(folder, report);
  let tab;
  try {
    const opened = [];
    for (let k = 0; k < RUNS; k++) {
      await tab?.close();
      tab = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      const from = performance.now();
      await tab.goto(pathToFileURL(join(folder, 'index.html')).href);
      await tab.locator('.row').first().waitFor();
      opened.push(performance.now() - from);
    }
    console.log(`  open until loaded with rows and thumbnails  ${spread(opened)}`);
    const acts = {
      'filter by text': ['input', '#text', ['board 0', 'lot-3', 'retake', '']],
      'filter by kind': ['change', '#kind', ['2', '0', '-1']],
      'sort by path': ['click', '[data-sort=path]', ['', '']],
      'recurring finding': ['click', '#recurring button', ['', '']],
    };
    for (const [name, [event, selector, values]] of Object.entries(acts)) {
      const times = [];
      for (let k = 0; k < RUNS; k++)
        for (const value of values) times.push(await tab.evaluate(toNextPicture, [event, selector, value]));
      console.log(`  ${name.padEnd(43)} ${spread(times)}`);
    }
  } finally {
    await tab?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In the page: from an act until the frame after it was laid out and is about to be shown. */
function toNextPicture([event, selector, value]) {
  return new Promise((resolve) => {
    const element = document.querySelector(selector);
    const from = performance.now();
    if (event === 'click') element.click();
    else {
      element.value = value;
      element.dispatchEvent(new Event(event, { bubbles: true }));
    }
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - from);
      port2.postMessage(null);
    });
  });
}

function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return `median ${ms(sorted[sorted.length >> 1])}, most ${ms(sorted.at(-1))}`;
}

function ms(time) {
  return `${time.toFixed(0)} ms`;
}
