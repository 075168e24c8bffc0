// Scans thousands of photos made from the samples, with one worker and with several: photos a minute, and the memory of
// all its processes over time.
//   npm run bench:scan -- [--photos 2000] [--one 300] [--workers 2] [--width 640] [--seed 1]
// --one says how many of the photos the one worker gets: its rate does not need all of them. Every photo is another file:
// turned by up to three degrees, a little nearer or farther, in another light and JPEG quality. Says every half minute on
// standard error how far it is and how long it will take.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { readJournal } from '../dist/batch/index.js';
import { createRandom } from '../dist/selftest/index.js';

const { values } = parseArgs({
  options: {
    photos: { type: 'string', default: '2000' },
    one: { type: 'string', default: '300' },
    workers: { type: 'string', default: '2' },
    width: { type: 'string', default: '640' },
    seed: { type: 'string', default: '1' },
  },
});
const names = ['photos', 'one', 'workers', 'width', 'seed'];
const numbers = names.map((name) => Number(values[name]));
const odd = names[numbers.findIndex((value) => !(Number.isSafeInteger(value) && value > 0))];
if (odd) {
  console.error(`bench:scan: expected a whole number above 0 for --${odd}, got ${values[odd]}`);
  process.exit(2);
}
const [photos, one, workers, width, seed] = numbers;
/** Where memory is looked at, as shares of the photos done. */
const SHARES = [0.1, 0.25, 0.5, 0.75, 1];
const LOOK_EVERY_MS = 1000;
const TELL_EVERY_MS = 30_000;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'boardiff-scan-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Makes all photos, and a folder with some of them for the one worker; gives the golden photo. */
async function prepare() {
  const random = createRandom(seed);
  const samples = ['incoming/clean', 'incoming/implant', 'incoming/missing-wrong', 'golden/golden-2'];
  const golden = join(scratch, 'golden.png');
  await sharp(here('../samples/golden/golden-1.jpg')).resize(width).png().toFile(golden);
  const small = await Promise.all(
    samples.map((name) =>
      sharp(here(`../samples/${name}.jpg`))
        .resize(width)
        .png()
        .toBuffer(),
    ),
  );
  for (const folder of ['all', 'some']) mkdirSync(join(scratch, folder));
  for (let k = 0; k < photos; k++) {
    const name = `board ${String(k).padStart(5, '0')}.jpg`;
    const grey = Math.round(random.range(60, 120));
    await sharp(small[k % small.length])
      .rotate(random.range(-3, 3), { background: { r: grey, g: grey, b: grey } })
      .resize(Math.round(width * random.range(0.95, 1.1)))
      .modulate({ brightness: random.range(0.85, 1.15), saturation: random.range(0.9, 1.1) })
      .jpeg({ quality: random.integer(80, 95) })
      .toFile(join(scratch, 'all', name));
    if (k < one) symlinkSync(join(scratch, 'all', name), join(scratch, 'some', name));
  }
  return golden;
}

/** Resident memory of a process and all its children, in bytes. */
function memoryOf(pid) {
  const parents = new Map();
  const sizes = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      parents.set(Number(name), Number(status.match(/^PPid:\s+(\d+)/m)?.[1]));
      sizes.set(Number(name), 1024 * Number(status.match(/^VmRSS:\s+(\d+)/m)?.[1] ?? 0));
    } catch {
      // It has ended meanwhile.
    }
  }
  const belongs = (at) => at === pid || (parents.has(at) && belongs(parents.get(at)));
  return [...sizes].reduce((sum, [at, size]) => sum + (belongs(at) ? size : 0), 0);
}

/** Runs a scan. Gives photos a minute once the first tenth is done, and memory by share of the photos done. */
async function scan(folder, golden, processes, count) {
  const output = join(scratch, `out-${processes}`);
  const command = [here('../dist/cli/main.js'), 'scan', folder, '-r', golden, '-o', output, '--quiet'];
  const child = spawn(process.execPath, [...command, '--workers', String(processes)], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const started = performance.now();
  const seen = [];
  let warm = null;
  let told = started;
  const timer = setInterval(async () => {
    const done = (await readJournal(output).catch(() => ({ entries: [] }))).entries.length;
    const at = performance.now();
    if (!warm && done >= 0.1 * count) warm = { done, at };
    seen.push({ done, memory: memoryOf(child.pid) });
    if (at - told < TELL_EVERY_MS || done === 0) return;
    told = at;
    const minutes = (at - started) / 60000;
    console.error(
      `${processes} worker${processes > 1 ? 's' : ''}: ${done} of ${count} photos, ${(done / minutes).toFixed(1)} a minute, ` +
        `about ${(((count - done) * minutes) / done).toFixed(1)} min left`,
    );
  }, LOOK_EVERY_MS);
  const status = await ended;
  clearInterval(timer);
  const { entries } = await readJournal(output);
  if (entries.length !== count)
    throw new Error(`expected ${count} photos in the journal, got ${entries.length}`);
  const verdicts = {};
  for (const { status: how } of entries) verdicts[how] = (verdicts[how] ?? 0) + 1;
  const minutes = (performance.now() - (warm?.at ?? started)) / 60000;
  return {
    status,
    rate: (count - (warm?.done ?? 0)) / minutes,
    verdicts,
    memory: SHARES.map((share) => {
      const near = seen.filter(({ done }) => Math.abs(done / count - share) < 0.03);
      return near.length === 0 ? null : Math.max(...near.map(({ memory }) => memory));
    }),
  };
}

console.error(`Making ${photos} photos …`);
const golden = await prepare();
const runs = [
  { processes: 1, folder: join(scratch, 'some'), count: Math.min(one, photos) },
  { processes: workers, folder: join(scratch, 'all'), count: photos },
];
const rates = [];
for (const { processes, folder, count } of runs) {
  const { rate, verdicts, memory } = await scan(folder, golden, processes, count);
  rates.push(rate);
  const mebibytes = memory.map((bytes) => (bytes === null ? '-' : Math.round(bytes / 2 ** 20)));
  console.log(
    `${count} photos ${width} px wide, ${processes} worker${processes > 1 ? 's' : ''}: ${rate.toFixed(1)} a minute; memory of all ` +
      `processes ${SHARES.map((share, k) => `${mebibytes[k]} MiB at ${100 * share} %`).join(', ')}; ${Object.entries(
        verdicts,
      )
        .map(([name, n]) => `${n} ${name}`)
        .join(', ')}`,
  );
}
console.log(`${workers} workers make ${(rates[1] / rates[0]).toFixed(2)} times the rate of one`);
