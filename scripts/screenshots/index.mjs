// Takes docs/pictures/index.png: the contact sheet of a batch that nobody took, with thumbnails of the samples.
//   npm run build && node scripts/screenshots/index.mjs
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { manyPhotos, writeThumbnails } from '../../bench/pages/manyPhotos.mjs';
import { indexDecisions } from '../../dist/indexDecisions.js';
import { renderIndex } from '../../dist/report/batch/index.js';
import { findChromium } from '../findChromium.mjs';

const executablePath = findChromium();
if (!executablePath) {
  console.error('expected chromium or google-chrome on PATH, found none; install one.');
  process.exit(2);
}
const report = manyPhotos(480);
const folder = mkdtempSync(join(tmpdir(), 'boardiff-picture-'));
const ledger = { entries: [...decisions(report.photos)], unreadable: 0 };
writeFileSync(join(folder, 'index.html'), renderIndex(report, indexDecisions(report, ledger)));
await writeThumbnails(folder, report);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 860 } });
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  await page.keyboard.press('j');
  await page.waitForLoadState('networkidle');
  const pictures = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
  mkdirSync(pictures, { recursive: true });
  await sharp(await page.screenshot())
    .png({ palette: true, colours: 128 })
    .toFile(join(pictures, 'index.png'));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Every other finding decided: at the sites that recur a false call, elsewhere real. */
function* decisions(photos) {
  for (const [k, { path, sha256, folder, reference, findings }] of photos.entries()) {
    if (k % 3 === 0) continue;
    for (const { explanation: _, ...finding } of findings) {
      yield {
        version: 1,
        at: '2026-11-02T09:00:00.000Z',
        by: 'kim',
        decision: /^[RC][1-9]$/.test(finding.site ?? '') ? 'false-call' : 'real',
        note: null,
        result: folder,
        photo: { path, sha256 },
        reference: { name: reference, sha256: 'ab'.repeat(32) },
        finding,
        box: null,
      };
    }
  }
}
