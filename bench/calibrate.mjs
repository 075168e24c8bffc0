// Chooses the change model's decision (level, noise, spread in its contract) on unedited pairs of shots: every summit
// of the change map there is a chance one. Used are the project's samples, every good photo against every other, and the
// real repeated shots among the training photos, none of which an evaluation uses.
// --shots is the list that models/training/change/pair_index.py writes.
//   npm run calibrate -- [--data ../shared/data] [--shots CACHE/real_pairs.json] [--write]
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findRegions, levelOfPhoto } from '../dist/compare/index.js';
import { learnPixels, loadModels, readPhoto } from '../dist/index.js';
import { registerPhoto } from '../dist/register/index.js';
import { sameView, whatChanged } from '../dist/sameView.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    shots: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const models = await loadModels();
/** Regions that a photo shows by chance, strongest first, for every pair. */
const photos = [];

async function add(set, golden, shots) {
  const reference = await learnPixels((await readPhoto(golden)).pixels, models.detector);
  for (const shot of shots) {
    const { pixels } = await readPhoto(shot);
    const { status, homography } = await registerPhoto(pixels, reference.registration);
    if (status !== 'ok') continue;
    const view = await sameView(pixels, homography, reference);
    photos.push({ set, regions: findRegions(await whatChanged(view, reference, models.change)) });
  }
}

const good = [
  'golden/golden-1',
  'golden/golden-2',
  'golden/golden-3',
  'golden/golden-4',
  'incoming/clean',
].map((name) => `samples/${name}.jpg`);
for (const golden of good)
  await add(
    'samples',
    golden,
    good.filter((other) => other !== golden),
  );
if (values.shots && existsSync(values.shots)) {
  const pairs = JSON.parse(readFileSync(values.shots, 'utf8'));
  for (const set of ['rgoomer', 'oleg', 'open-aoi']) {
    const own = pairs.filter((pair) => pair.set === set);
    const step = Math.max(1, Math.floor(own.length / 12));
    for (let k = 0; k < own.length; k += step) {
      await add(set, join(values.data, 'train', own[k].a), [join(values.data, 'train', own[k].b)]);
    }
  }
}

console.error(`${photos.length} unedited pairs`);

/** Mean number of summits that pass for fewer than `allowed` false calls; sets count alike, whatever their size. */
function falseCalls(decision, allowed) {
  const sets = new Map();
  for (const { set, regions } of photos) {
    const least = levelOfPhoto(regions, decision) - decision.spread * Math.log(allowed);
    const counts = sets.get(set) ?? [];
    counts.push(regions.filter(({ peak }) => peak > least).length);
    sets.set(set, counts);
  }
  return [...sets].map(([set, counts]) => [set, counts.reduce((a, b) => a + b, 0) / counts.length]);
}
const mean = (rows) => rows.reduce((sum, [, value]) => sum + value, 0) / rows.length;

/** The lowest level at which there is at most one false call a photo. */
function levelFor(noise, spread) {
  let [low, high] = [-4, 8];
  while (high - low > 0.01) {
    const level = (low + high) / 2;
    if (mean(falseCalls({ level, noise, spread }, 1)) > 1) low = level;
    else high = level;
  }
  return high;
}

// All ways below reach one false call a photo on average. Photos are treated most evenly where the mean square is least;
// of shares that do nearly as well the smallest is taken, because real differences make a little "noise" of their own.
const ways = [];
for (let tenths = 0; tenths <= 10; tenths++) {
  const noise = tenths / 10;
  const level = levelFor(noise, 1);
  const counts = photos.map(
    ({ regions }) =>
      regions.filter(({ peak }) => peak > levelOfPhoto(regions, { level, noise, spread: 1 })).length,
  );
  const unevenness = counts.reduce((sum, count) => sum + count ** 2, 0) / counts.length;
  console.log(
    `noise ${noise.toFixed(1)}: level ${level.toFixed(2)}, mean square of false calls ${unevenness.toFixed(2)}`,
  );
  ways.push({ noise, level, unevenness });
}
const least = Math.min(...ways.map(({ unevenness }) => unevenness));
const best = ways.find(({ unevenness }) => unevenness <= 1.1 * least);
// Summits above the level exceed it by one spread in the mean, as exponential tails do.
const above = photos.flatMap(({ regions }) => {
  const from = levelOfPhoto(regions, { ...best, spread: 1 }) - 0.5;
  return regions.filter(({ peak }) => peak > from).map(({ peak }) => peak - from);
});
const spread = above.reduce((a, b) => a + b, 0) / above.length;
const round = (value) => Math.round(value * 100) / 100;
const decision = { level: round(best.level), noise: round(best.noise), spread: round(spread) };
console.log(JSON.stringify(decision));
for (const allowed of [0.25, 0.5, 1, 2, 4]) {
  const rows = falseCalls(decision, allowed);
  console.log(
    `--false-calls ${allowed}: ${rows.map(([set, value]) => `${set} ${value.toFixed(2)}`).join(', ')}`,
  );
}
if (values.write) {
  const path = 'models/change.json';
  const contract = JSON.parse(readFileSync(path, 'utf8'));
  await writeFile(
    path,
    `${JSON.stringify({ ...contract, decision: { ...contract.decision, ...decision } }, null, 2)}\n`,
  );
}
