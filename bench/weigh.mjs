// Chooses how much the detector counts as second witness of a difference, and how much a photo's own noise raises what is asked
// of one (decision.parts and decision.noise in the change model's contract): plants, removes and changes parts in pairs of shots
// that no evaluation uses, and looks which choice finds most of them at equal numbers of false calls on the same pairs
// unedited, with one threshold for all of them, as users have it. Pairs: the project's samples, real repeated shots among the
// training photos, and renders of boards.
//   npm run calibrate:parts -- [--data ../shared/data] [--shots CACHE/real_pairs.json] [--renders CACHE/rendered]
//                              [--real] [--every 1 [--others]] [-o rows.json] [--rows rows.json] [--write]
// --shots is the list that models/training/change/pair_index.py writes, --renders a folder of models/training/boards3d.
// Without them only the samples count; --real leaves those out. --every N takes each Nth pair, with --others all but each Nth;
// -o keeps what was seen, --rows chooses from it again.
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findRegions, noiseOfPhoto, weighByParts } from '../dist/compare/index.js';
import { boundingBox, fillMapped, invert } from '../dist/geometry/index.js';
import { learnPixels, loadModels, readPhoto } from '../dist/index.js';
import { lookAt } from '../dist/look.js';
import { throughJpeg } from '../dist/photo/index.js';
import { createRandom, matchFindings } from '../dist/selftest/index.js';
import { bisect } from './bisect.mjs';
import { editPhoto, loadParts } from './edits.mjs';
import { readRealPairs } from './realPairs.mjs';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    shots: { type: 'string' },
    renders: { type: 'string' },
    real: { type: 'boolean', default: false },
    every: { type: 'string', default: '1' },
    others: { type: 'boolean', default: false },
    output: { type: 'string', short: 'o' },
    rows: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const WEIGHTS = [0, 0.4, 0.8, 1.2, 1.6, 2, 2.4, 2.8, 3.2, 4, 5];
const NOISES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const FALSE_CALLS = [0.25, 0.5, 1, 2];
/** What each edited photo gets. */
const EDITS = { plants: 5, decoys: 2, removals: 2, changes: 3, sizes: [10, 60] };
/** Of what lies far below every level nothing can become a finding. */
const LEAST_PEAK = -6;
const CONTRACT = 'models/change.json';

/** All pairs: { set, golden, photo, labels(photo pixels): boxes of fitted parts in the photo }. */
function allPairs() {
  return [...(values.real ? [] : samplePairs()), ...realPairs(), ...renderedPairs()];
}

function samplePairs() {
  const good = ['golden/golden-1', 'golden/golden-2', 'golden/golden-3', 'golden/golden-4', 'incoming/clean'];
  return good.flatMap((golden) =>
    good
      .filter((photo) => photo !== golden)
      .map((photo) => ({
        set: 'samples',
        golden: `samples/${golden}.jpg`,
        photo: `samples/${photo}.jpg`,
        labels: async () => [],
      })),
  );
}

/** Real repeated shots among the training photos. */
const realPairs = () => (values.shots ? readRealPairs(values.shots, values.data) : []);

/** The first two views of every board and light: two cameras, the same parts. */
function renderedPairs() {
  if (!values.renders) return [];
  const views = new Map();
  for (const file of readdirSync(values.renders).filter((name) => name.endsWith('.jpg'))) {
    const one = basename(file, '.jpg').replace(/-\d+$/, '');
    views.set(one, [...(views.get(one) ?? []), join(values.renders, file)]);
  }
  return [...views.values()]
    .filter((files) => files.length > 1)
    .map(([golden, photo]) => ({
      set: 'rendered',
      golden,
      photo,
      labels: async () => renderedParts(photo.replace(/jpg$/, 'json')),
    }));
}

/** What the parts of a render cover in it: the feet and the tops of their boxes, seen by its camera. */
async function renderedParts(file) {
  const { camera, parts } = JSON.parse(await readFile(file, 'utf8'));
  const seen = ([x, y], height) => {
    const [u, v, w] = camera.map(([a, b, c, d]) => a * x + b * y + c * height + d);
    return [u / w, v / w];
  };
  return parts.map(({ outline, height }) =>
    boundingBox(outline.flatMap((corner) => [seen(corner, 0), seen(corner, height)])),
  );
}

/** What one pair shows, edited and not. */
async function lookAtPair({ set, golden, photo: file, labels }, k, models, pictures) {
  const reference = await learnPixels((await readPhoto(golden)).pixels, models.detector);
  const photo = await readPhoto(file);
  const seen = async (pixels) => {
    const { look, registration } = await lookAt(
      { ...photo, pixels: await throughJpeg(pixels) },
      0,
      reference,
      models,
      { lap() {} },
    );
    if (!look) return null;
    const regions = look.regions.filter(({ peak }) => peak > LEAST_PEAK);
    return {
      homography: registration.homography,
      place: look.place,
      regions,
      noise: noiseOfPhoto(findRegions(look.changes), models.change.contract.decision.level),
      parts: [...look.parts, ...reference.goldenParts].map(({ box, score }) => ({ box, score })),
    };
  };
  const clean = await seen(photo.pixels);
  if (!clean) return null;
  const { homography } = clean;
  const { width, height } = photo.pixels;
  const shot = {
    mask: fillMapped(reference.outline, invert(homography), width, height),
    labels: await labels(photo.pixels),
    homography,
    golden: { polygon: reference.outline },
  };
  const { photo: changed, edits } = editPhoto(photo.pixels, shot, pictures, EDITS, createRandom(5000 + k));
  const edited = await seen(changed);
  if (!edited) return null;
  const inPhoto = (regions, place) => regions.map((region) => place.inPhoto(region.box));
  return {
    set,
    clean: { regions: clean.regions, noise: clean.noise, parts: clean.parts },
    edited: {
      ...{ regions: edited.regions, noise: edited.noise, parts: edited.parts },
      inPhoto: inPhoto(edited.regions, edited.place),
    },
    edits: edits
      .filter(({ kind }) => kind !== 'decoy')
      .map(({ kind, box, longSidePx, left }) => ({ kind, box, longSidePx, left })),
  };
}

async function lookAtAll() {
  const models = await loadModels();
  const pictures = await loadParts('samples/parts');
  const pairs = allPairs().filter((_, k) => (k % Number(values.every) === 0) !== values.others);
  const rows = [];
  for (const [k, pair] of pairs.entries()) {
    const row = await lookAtPair(pair, k, models, pictures);
    if (row) rows.push(row);
    console.error(`${k + 1} of ${pairs.length} ${pair.set}${row ? '' : ': refused'}`);
    if (values.output) await writeFile(values.output, `${JSON.stringify(rows)}\n`);
  }
  return rows;
}

/** Differences by height, less the photo's share of noise, with their place in the photo. */
function heights({ regions, noise: own, parts, inPhoto }, { weight, noise }) {
  const places = new Map(regions.map(({ box }, k) => [box, inPhoto?.[k] ?? box]));
  return weighByParts(regions, parts, weight).map(({ box, peak }) => ({
    box: places.get(box),
    score: peak - noise * own,
  }));
}

/** How high a row's edits are found, and how high chance reaches on its unedited photo. */
function measured({ set, clean, edited, edits }, choice) {
  const { hits } = matchFindings({
    truths: edits.map(({ box }) => box),
    findings: heights(edited, choice),
    ignored: edits.flatMap(({ left }) => left),
  });
  return {
    set,
    chance: heights(clean, choice).map(({ score }) => score),
    hits: hits.map(({ score }, k) => ({ planted: edits[k].kind === 'plant', score: score ?? -Infinity })),
  };
}

const rows = values.rows ? JSON.parse(await readFile(values.rows, 'utf8')) : await lookAtAll();
const sets = [...new Set(rows.map(({ set }) => set))];
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
/** Mean over the sets, so that they count alike, whatever their size. */
const bySet = (pairs, of) => {
  const own = [...new Set(pairs.map(({ set }) => set))];
  return mean(own.map((name) => of(pairs.filter(({ set }) => set === name))));
};

/** The height above which there are so many false calls a photo. */
const thresholdFor = (pairs, falseCalls) =>
  bisect([-12, 15], 0.005, falseCalls, (height) =>
    bySet(pairs, (own) => mean(own.map(({ chance }) => chance.filter((s) => s > height).length))),
  );

/** All rows as each choice has them, measured once. */
const known = new Map();
function pairsOf(choice) {
  const key = `${choice.weight} ${choice.noise}`;
  if (!known.has(key))
    known.set(
      key,
      rows.map((row) => measured(row, choice)),
    );
  return known.get(key);
}

/** Share of the edits found at each number of false calls a photo. */
function found(chosen, choice, kind = () => true) {
  const pairs = pairsOf(choice).filter(({ set }) => chosen.includes(set));
  const edited = pairs.filter(({ hits }) => hits.some(kind));
  return FALSE_CALLS.map((count) => {
    const least = thresholdFor(pairs, count);
    return bySet(edited, (own) => {
      const scores = own.flatMap(({ hits }) => hits.filter(kind).map(({ score }) => score));
      return scores.filter((score) => score > least).length / scores.length;
    });
  });
}
const worth = (chosen, choice) => mean(found(chosen, choice));
/** Shares that differ by less are alike: then what the contract has stays. */
const ALIKE = 0.01;
const { parts: weight, noise } = JSON.parse(readFileSync(CONTRACT, 'utf8')).decision;
/** The noise that finds most with the weight of the contract, and the weight that does with this noise. */
function best(chosen) {
  const most = (choices, current) => {
    const worths = choices.map((choice) => worth(chosen, choice));
    const highest = Math.max(...worths);
    return worth(chosen, current) >= highest - ALIKE ? current : choices[worths.indexOf(highest)];
  };
  const loud = most(
    NOISES.map((value) => ({ weight, noise: value })),
    { weight, noise },
  );
  return most(
    WEIGHTS.map((value) => ({ weight: value, noise: loud.noise })),
    loud,
  );
}

console.log(
  `${rows.length} pairs (${sets.map((set) => `${set} ${rows.filter((row) => row.set === set).length}`).join(', ')})`,
);
console.log(
  `parts noise  found at ${FALSE_CALLS.join(' / ')} false calls a photo: planted | changed and removed | mean of all`,
);
const chosen = best(sets);
const line = (choice) => {
  const shares = (kind) => found(sets, choice, kind).map((share) => Math.round(100 * share));
  const columns = [({ planted }) => planted, ({ planted }) => !planted].map((kind) =>
    shares(kind).join(' / '),
  );
  const name = `${choice.weight.toFixed(1).padStart(5)} ${choice.noise.toFixed(1).padStart(5)}`;
  console.log(`${name}  ${columns.join(' | ')} | ${worth(sets, choice).toFixed(3)}`);
};
for (const value of WEIGHTS) line({ weight: value, noise: chosen.noise });
for (const value of NOISES) line({ weight: chosen.weight, noise: value });
// A set must not choose for itself, or the gain is that of having looked.
for (const set of sets) {
  const others = sets.filter((other) => other !== set);
  if (others.length === 0) continue;
  const choice = best(others);
  console.log(
    `${set}: the others choose parts ${choice.weight}, noise ${choice.noise}, which finds ${worth([set], choice).toFixed(3)} here; ` +
      `neither ${worth([set], { weight: 0, noise: 0 }).toFixed(3)}`,
  );
}
console.log(`chosen: parts ${chosen.weight}, noise ${chosen.noise}`);
if (values.write) {
  const contract = JSON.parse(readFileSync(CONTRACT, 'utf8'));
  contract.decision.parts = chosen.weight;
  contract.decision.noise = chosen.noise;
  await writeFile(CONTRACT, `${JSON.stringify(contract, null, 2)}\n`);
}
