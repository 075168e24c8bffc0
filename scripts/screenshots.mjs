// Makes the pictures of the documentation: inspects samples, opens their reports in a Chromium that is installed here
// and writes what they show to docs/pictures/.  npm run screenshots
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './findChromium.mjs';

const GOLDEN = 'samples/golden/golden-1.jpg';
const OUT = 'docs/pictures';
/** Name of a picture, sample it shows, keys that lead there, and colours. */
const PICTURES = [
  { name: 'viewer', sample: 'missing-wrong', keys: ['j'], colorScheme: 'light' },
  {
    name: 'viewer-swipe',
    sample: 'missing-wrong',
    keys: ['j', 'j', '2'],
    colorScheme: 'dark',
  },
  { name: 'viewer-difference', sample: 'missing-wrong', keys: ['4', 'x'], colorScheme: 'light' },
];

const executablePath = findChromium();
if (!executablePath) {
  console.error('screenshots: expected chromium or google-chrome on PATH, found none; install one.');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'boardiff-pictures-'));
const inspected = new Set();
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  mkdirSync(OUT, { recursive: true });
  for (const { name, sample, keys, colorScheme } of PICTURES) {
    if (!inspected.has(sample)) inspect(sample);
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme });
    await page.goto(pathToFileURL(join(folder, sample, 'report.html')).href);
    for (const key of keys) await page.keyboard.press(key);
    // Two frames for the keys to be painted, then whatever has still to be decoded.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await page.locator('#stage[data-pending="0"]').waitFor();
    const path = join(OUT, `${name}.jpg`);
    await page.screenshot({ path, type: 'jpeg', quality: 82 });
    console.log(`${path}  ${(statSync(path).size / 1000).toFixed(0)} kB`);
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

function inspect(sample) {
  const args = ['dist/cli/main.js', 'inspect', `samples/incoming/${sample}.jpg`, '--reference', GOLDEN];
  const { status, stderr } = spawnSync(process.execPath, [...args, '-o', join(folder, sample)], {
    encoding: 'utf8',
  });
  if (status === 2) throw new Error(stderr);
  inspected.add(sample);
}
