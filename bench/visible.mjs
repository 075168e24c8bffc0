// Fits the estimate of src/visiblePart.ts, coverage.smallestVisiblePartPx, to what `boardiff selftest` measures: the
// sample photos, as they are and blurred, against one golden photo, and real repeated shots among the training photos.
//   npm run eval:visible -- [--plants 48] [--seed 1] [-o runs.json] [--runs runs.json] [--blurs 0,1,2,3]
//                           [--shots CACHE/real_pairs.json] [--data ../shared/data]
// --shots is the list that models/training/change/pair_index.py writes.
// -o keeps what was measured; --runs fits again to what was kept and measures nothing.
//
// A planted part of longer side s is found with probability 1 / (1 + exp(-(ln 4 + k ln(s / e)))): 80 % where s is the
// estimate e. The constants are those of greatest likelihood; every plant counts, those of photos too dull for any too.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { loadModels, openReference, readPhoto, runSelftest } from '../dist/index.js';
import { scaleAtMiddle } from '../dist/scaleAtMiddle.js';
import { estimateVisible, VISIBLE } from '../dist/visiblePart.js';

const { values } = parseArgs({
  options: {
    plants: { type: 'string', default: '48' },
    seed: { type: 'string', default: '1' },
    blurs: { type: 'string', default: '0,1,2,3' },
    data: { type: 'string', default: '../shared/data' },
    shots: { type: 'string' },
    output: { type: 'string', short: 'o' },
    runs: { type: 'string' },
  },
});
const GOLDEN = 'samples/golden/golden-1.jpg';
/** Real pairs of each set that are measured. */
const OF_EACH_SET = 8;
const PHOTOS = ['incoming/clean', 'golden/golden-2', 'golden/golden-3', 'golden/golden-4'];

/** Name, reference and photo of everything that is measured. */
async function* pairs(models) {
  const reference = await openReference(GOLDEN, models.detector);
  for (const blur of values.blurs.split(',').map(Number)) {
    for (const name of PHOTOS) {
      yield [`${name} blur ${blur}`, reference, await blurred(await readPhoto(`samples/${name}.jpg`), blur)];
    }
  }
  const shots = values.shots ? JSON.parse(await readFile(values.shots, 'utf8')) : [];
  for (const set of ['rgoomer', 'oleg']) {
    const own = shots.filter((pair) => pair.set === set);
    for (let k = 0; k < OF_EACH_SET && own.length > 0; k++) {
      const { a, b } = own[Math.floor((k * own.length) / OF_EACH_SET)];
      const golden = await openReference(join(values.data, 'train', a), models.detector);
      yield [`${set} ${k + 1}`, golden, await readPhoto(join(values.data, 'train', b))];
    }
  }
}

/** One photo's figures: { name, scale, detail, plants: [[longSidePx, found]], shown }. */
async function measure() {
  const models = await loadModels();
  const runs = [];
  for await (const [name, reference, photo] of pairs(models)) {
    const { selftest, sharedDetail } = await runSelftest(reference, models, {
      photo,
      plants: Number(values.plants),
      seed: Number(values.seed),
    });
    const { registration, plants, smallestShownPartPx: shown } = selftest;
    runs.push({
      name,
      scale: registration.status === 'ok' ? scaleAtMiddle(registration.homography, reference) : null,
      detail: sharedDetail,
      plants: plants.map(({ longSidePx, found }) => [longSidePx, found]),
      shown,
      calls: selftest.unedited.findings.length,
    });
    console.error(`${name}: ${selftest.found} of ${selftest.planted}, from ${shown} px`);
    if (values.output) await writeFile(values.output, `${JSON.stringify(runs)}\n`);
  }
  return runs;
}

async function blurred(photo, sigma) {
  if (sigma === 0) return photo;
  const { data, width, height } = photo.pixels;
  const pixels = await sharp(data, { raw: { width, height, channels: 3 } })
    .blur(sigma)
    .raw()
    .toBuffer();
  return { ...photo, pixels: { data: pixels, width, height, channels: 3 } };
}

function logLikelihood(runs, constants, steepness) {
  let sum = 0;
  for (const { scale, detail, plants } of runs) {
    const estimate = estimateVisible(scale, detail, constants);
    for (const [size, found] of plants) {
      const logit = Math.log(4) + steepness * Math.log(size / estimate);
      sum -= Math.log1p(Math.exp(found ? -logit : logit));
    }
  }
  return sum;
}

function mostLikely(runs) {
  let best = { likelihood: -Infinity };
  for (let smallestPx = 6; smallestPx <= 60; smallestPx += 1) {
    for (let sharpAt = 0.3; sharpAt <= 0.9; sharpAt += 0.02) {
      for (let hopeless = 0; hopeless <= sharpAt - 0.08; hopeless += 0.02) {
        for (const steepness of [0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4]) {
          const constants = { smallestPx, sharp: sharpAt, hopeless };
          const likelihood = logLikelihood(runs, constants, steepness);
          if (likelihood > best.likelihood) best = { likelihood, steepness, constants };
        }
      }
    }
  }
  return best;
}

const all = values.runs ? JSON.parse(await readFile(values.runs, 'utf8')) : await measure();
const runs = all.filter(({ plants }) => plants.length > 0);
const best = mostLikely(runs);
console.log('photo                           detail  scale  calls  found   shown  estimate now  fitted');
for (const { name, detail, scale, plants, shown, calls } of all) {
  const found = plants.filter(([, hit]) => hit).length;
  const estimates =
    scale === null
      ? ['refused', '']
      : [VISIBLE, best.constants].map((constants) => estimateVisible(scale, detail, constants).toFixed(0));
  console.log(
    `${name.padEnd(28)} ${(detail ?? 0).toFixed(3).padStart(9)}  ${(scale ?? 0).toFixed(2).padStart(5)}  ${String(calls).padStart(5)}  ` +
      `${`${found}/${plants.length}`.padStart(5)}  ${String(shown ?? 'none').padStart(6)}  ${estimates[0].padStart(12)}  ${estimates[1].padStart(6)}`,
  );
}
const count = runs.reduce((sum, { plants }) => sum + plants.length, 0);
console.log(
  `fitted: smallestPx ${best.constants.smallestPx}, sharp ${best.constants.sharp.toFixed(2)}, hopeless ${best.constants.hopeless.toFixed(2)} ` +
    `(steepness ${best.steepness}; mean log-likelihood a plant ${(best.likelihood / count).toFixed(3)})`,
);
for (const [words, side] of [
  ['from the fitted estimate on', (size, estimate) => size >= estimate],
  ['below it', (size, estimate) => size < estimate],
]) {
  const chosen = runs.flatMap(({ scale, detail, plants }) => {
    const estimate = estimateVisible(scale, detail, best.constants);
    return plants.filter(([size]) => side(size, estimate));
  });
  console.log(`${words}: ${chosen.filter(([, hit]) => hit).length} of ${chosen.length} found`);
}
