// Inspects one photo again and again in one process, and says whether memory grows:
//   npm run soak -- --count 1000 --width 1200
// Memory that is never given back shows as a last figure far above the hundredth.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { loadModels } from '../dist/detect/index.js';
import { inspect } from '../dist/inspect.js';
import { openReference } from '../dist/learn.js';
import { readPhoto } from '../dist/photo/index.js';
import { renderHtml, renderPicture } from '../dist/report/index.js';

/** Caches, compilers and pools have filled by then; growth is measured from there. */
const SETTLED = 100;
const EVERY = 50;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    width: { type: 'string', default: '1200' },
    threads: { type: 'string', default: '1' },
  },
});
const [count, width, threads] = [values.count, values.width, values.threads].map(Number);
if (![count, width, threads].every((value) => Number.isSafeInteger(value) && value > 0)) {
  console.error('soak: expected whole numbers above 0 for --count, --width and --threads');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'boardiff-soak-'));
const [golden, photo] = ['golden.jpg', 'photo.jpg'].map((name) => join(folder, name));
await sharp('samples/golden/golden-1.jpg').resize(width).jpeg().toFile(golden);
await sharp('samples/incoming/implant.jpg').resize(width).jpeg().toFile(photo);
const models = await loadModels(undefined, { threads });
const reference = await openReference(golden, models.detector);

// Ctrl-C ends it with the figures so far.
let stopped = false;
process.once('SIGINT', () => {
  stopped = true;
});
const mebibytes = (bytes) => Math.round(bytes / 2 ** 20);
const started = performance.now();
let settled = null;
let last = 0;
console.log(`${count} inspections of a photo ${width} px wide, threads of the models: ${threads}`);
for (let k = 1; k <= count && !stopped; k++) {
  const { pixels, ...file } = await readPhoto(photo);
  const inspection = await inspect({ pixels, ...file }, reference, models);
  const pictures = { photo: pixels, golden: reference.golden };
  await renderPicture(inspection, pixels);
  await renderHtml(inspection, pictures);
  if (k % EVERY !== 0 && k !== SETTLED && k !== count && k !== 1 && !stopped) continue;
  const { rss, heapUsed, arrayBuffers, external } = process.memoryUsage();
  if (k === SETTLED) settled = rss;
  last = rss;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `${String(k).padStart(6)}  resident ${mebibytes(rss)} MiB, heap ${mebibytes(heapUsed)}, external ${mebibytes(external)}, of it buffers ${mebibytes(arrayBuffers)}  (${seconds} s)`,
  );
}
rmSync(folder, { recursive: true });
if (settled === null) console.log(`Fewer than ${SETTLED} inspections say nothing about growth.`);
else console.log(`Last by the ${SETTLED}th: ${(last / settled).toFixed(3)}`);
