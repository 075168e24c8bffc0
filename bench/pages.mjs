// Measures the pages that people open, in a Chromium that is installed here: each module of pages/ makes its pages,
// opens them and prints figures.  npm run bench:pages [viewer index …]
import { availableParallelism, cpus } from 'node:os';
import { chromium } from 'playwright-core';
import { findChromium } from '../scripts/findChromium.mjs';
import { measureIndex } from './pages/index.mjs';
import { measureViewer } from './pages/viewer.mjs';

const MEASURES = { viewer: measureViewer, index: measureIndex };

const executablePath = findChromium();
if (!executablePath) {
  console.error('bench:pages: expected chromium or google-chrome on PATH, found none; install one.');
  process.exit(2);
}
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in MEASURES));
if (unknown.length > 0) {
  console.error(
    `bench:pages: expected names out of ${Object.keys(MEASURES).join(', ')}, got ${unknown.join(', ')}`,
  );
  process.exit(2);
}
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  console.log(
    `${cpus()[0].model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}, Chromium ${browser.version()} without a GPU`,
  );
  for (const [name, measure] of Object.entries(MEASURES))
    if (wanted.length === 0 || wanted.includes(name)) await measure(browser);
} finally {
  await browser.close();
}
