// Measures, in one run on one machine: --help and cold start; registration alone; the whole of inspect on photos of
// several sizes against its floor (sharp's decode of the same file and the models' bare run time on the same tiles), stage by
// stage; peak memory of each; and, on the same pair, the two baselines and odiff.
//   npm run bench -- [--sizes 12,24,48,100] [--peers 12] [--runs 1]
// Sizes are megapixels; the pairs are made by enlarging two samples, so that anyone can run it. --peers says on which of them the
// baselines run (0: none), which take minutes. --runs repeats every inspection and takes the quickest. odiff does not come
// with the program, since its binaries cannot be locked for all platforms: npm install --no-save odiff-bin@4.5.0
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { measure, medianOfRuns } from './speed/measure.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '12,24,48,100' },
    peers: { type: 'string', default: '12' },
    runs: { type: 'string', default: '1' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const [peers, runs] = [values.peers, values.runs].map(Number);
if (![...sizes, runs].every((value) => value > 0) || !(peers >= 0)) {
  console.error('bench: expected numbers above 0 for --sizes and --runs, and 0 or more for --peers');
  process.exit(2);
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const main = here('../dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'boardiff-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const quickest = (list) => list.reduce((best, one) => (one.total < best.total ? one : best));

/** Enlarges two samples to a pair of photos of so many megapixels, and makes a reference of the first. */
async function makePair(megapixels) {
  const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
  const pair = { width, height: Math.round((3 * width) / 4) };
  for (const [name, from] of [
    ['golden', 'golden/golden-1.jpg'],
    ['photo', 'incoming/implant.jpg'],
  ]) {
    pair[name] = join(folder, `${name}-${megapixels}.jpg`);
    await sharp(here(`../samples/${from}`))
      .resize(pair.width, pair.height, { fit: 'fill' })
      .jpeg({ quality: 90 })
      .toFile(pair[name]);
  }
  pair.reference = join(folder, `reference-${megapixels}`);
  const made = spawnSync(process.execPath, [main, 'reference', 'create', pair.golden, '-o', pair.reference]);
  if (made.status !== 0) throw new Error(`expected a reference, got ${made.stderr}`);
  return pair;
}

/** Whole inspections against their floor. */
async function benchInspect(megapixels, { width, height, photo, reference }) {
  const output = join(folder, `out-${megapixels}`);
  const all = [];
  for (let k = 0; k < runs; k++) all.push(await measure('inspect', { photo, reference, output }));
  const whole = quickest(all);
  const byCpu = await measure('inspect', { photo, reference, output, clock: 'cpu' });
  const decode = await measure('decode', { photo });
  const models = await measure('models', { runs: whole.runs });
  const plain = await measure('models', { runs: whole.runs, plain: true });
  const floor = decode.wall + models.wall;
  const floorCpu = decode.cpu + models.cpu;
  const shown = whole.runs.reduce((sum, one) => sum + (one.width * one.height) / 1e6, 0);
  console.log(`
inspect, ${width} × ${height} against a reference folder, with picture and report
  whole           ${seconds(whole.total)}, CPU ${seconds(whole.cpu)}, ${seconds(whole.total / megapixels)} a megapixel, peak ${whole.peak.toFixed(0)} MiB
  floor           ${seconds(floor)}, CPU ${seconds(floorCpu)}: decode ${decode.wall.toFixed(0)} ms, detector ${models.detector.toFixed(0)} ms, change ${models.change.toFixed(0)} ms on ${whole.runs.length} tiles, ${shown.toFixed(1)} MP
  whole / floor   ${(whole.total / floor).toFixed(2)}, of CPU ${(whole.cpu / floorCpu).toFixed(2)}
  models with ONNX Runtime's own settings (memory laid out in advance): ${seconds(plain.wall)}, CPU ${seconds(plain.cpu)}, peak ${plain.peak.toFixed(0)} instead of ${models.peak.toFixed(0)} MiB
  stage            ms on the clock   ms of CPU`);
  const row = (name, clock, cpu) =>
    console.log(`    ${name.padEnd(12)} ${clock.toFixed(0).padStart(10)} ${cpu.toFixed(0).padStart(16)}`);
  for (const [stage, ms] of Object.entries(whole.timings)) row(stage, ms, byCpu.timings[stage]);
  const sum = (timings) => Object.values(timings).reduce((a, b) => a + b, 0);
  row('rest', whole.total - sum(whole.timings), byCpu.cpu - sum(byCpu.timings));
  return whole;
}

/** What others take for the same pair. */
async function benchPeers({ photo, golden }, whole) {
  console.log('\npeers on the same pair');
  for (const name of ['difference', 'changechip']) {
    const { wall, cpu, peak } = await measure('baseline', { name, photo, golden });
    console.log(
      `  ${name.padEnd(12)} ${seconds(wall)}, CPU ${seconds(cpu)}, peak ${peak.toFixed(0)} MiB, registration not counted; inspect takes ${(whole.total / wall).toFixed(2)} times that`,
    );
  }
  const odiff = here('../node_modules/.bin/odiff');
  if (!existsSync(odiff)) {
    console.log('  odiff        not installed: npm install --no-save odiff-bin@4.5.0');
    return;
  }
  const ms = medianOfRuns(5, odiff, [golden, photo, join(folder, 'odiff.png')]);
  console.log(
    `  odiff        ${seconds(ms)} (median of 5), decode included, nothing aligned; inspect takes ${(whole.total / ms).toFixed(1)} times that`,
  );
}

console.log(
  `${cpus()[0].model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)} at the start`,
);
console.log(
  `--help           ${medianOfRuns(9, process.execPath, [main, '--help']).toFixed(0)} ms (median of 9)`,
);
const ready = await measure('ready');
console.log(
  `cold start       ${seconds(ready.total)} until models and OpenCV are ready, CPU ${seconds(ready.cpu)}, peak ${ready.peak.toFixed(0)} MiB`,
);
for (const [k, megapixels] of sizes.entries()) {
  const pair = await makePair(megapixels);
  if (k === 0) {
    const { first, wall, cpu, peak } = await measure('register', pair);
    console.log(
      `registration     ${megapixels} MP: ${seconds(first)} the first, ${seconds(wall)} each that follows (median of 5), CPU ${seconds(cpu)}, peak ${peak.toFixed(0)} MiB`,
    );
  }
  const whole = await benchInspect(megapixels, pair);
  if (megapixels === peers) await benchPeers(pair, whole);
}
