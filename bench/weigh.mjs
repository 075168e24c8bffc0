// Chooses how much the detector counts as second witness of a difference (decision.parts in the change model's contract):
// plants, removes and changes parts in pairs of shots that no evaluation uses, and looks which weight finds most of them at
// equal numbers of false calls on the same pairs unedited. Pairs: the project's samples, real repeated shots among the
// training photos, and renders of boards.
//   npm run calibrate:parts -- [--data ../shared/data] [--shots CACHE/real_pairs.json] [--renders CACHE/rendered]
//                              [--every 1] [-o rows.json] [--rows rows.json] [--write]
// --shots is the list that models/training/change/pair_index.py writes, --renders a folder of models/training/boards3d.
// Without them only the samples count. --every N takes each Nth pair; -o keeps what was seen, --rows chooses from it again.
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { weighByParts } from '../dist/compare/index.js';
import { boundingBox, fillMapped, invert } from '../dist/geometry/index.js';
import { learnPixels, loadModels, readPhoto } from '../dist/index.js';
import { lookAt } from '../dist/look.js';
import { throughJpeg } from '../dist/photo/index.js';
import { createRandom, froc, matchFindings, pointAt } from '../dist/selftest/index.js';
import { editPhoto, loadParts, readLabels } from './edits.mjs';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    shots: { type: 'string' },
    renders: { type: 'string' },
    every: { type: 'string', default: '1' },
    output: { type: 'string', short: 'o' },
    rows: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const WEIGHTS = [0, 0.4, 0.8, 1.2, 1.6, 2, 2.4, 2.8, 3.2, 4, 5];
const FALSE_CALLS = [0.25, 0.5, 1, 2];
/** What each edited photo gets. */
const EDITS = { plants: 5, decoys: 2, removals: 2, changes: 3, sizes: [10, 60] };
/** Of what lies far below every level nothing can become a finding. */
const LEAST_PEAK = -6;
const CONTRACT = 'models/change.json';

/** All pairs: { set, golden, photo, labels(photo pixels): boxes of fitted parts in the photo }. */
function allPairs() {
  const good = ['golden/golden-1', 'golden/golden-2', 'golden/golden-3', 'golden/golden-4', 'incoming/clean'];
  const samples = good.flatMap((golden) =>
    good
      .filter((photo) => photo !== golden)
      .map((photo) => ({
        set: 'samples',
        golden: `samples/${golden}.jpg`,
        photo: `samples/${photo}.jpg`,
        labels: async () => [],
      })),
  );
  return [...samples, ...realPairs(), ...renderedPairs()];
}

function realPairs() {
  if (!values.shots) return [];
  const pairs = JSON.parse(readFileSync(values.shots, 'utf8'));
  return ['rgoomer', 'oleg'].flatMap((set) => {
    const own = pairs.filter((pair) => pair.set === set);
    const step = Math.max(1, Math.floor(own.length / 24));
    return own
      .filter((_, k) => k % step === 0)
      .map(({ a, b }) => {
        const photo = join(values.data, 'train', b);
        const file = photo.replace(/\/images\/([^/]*)\.\w+$/, '/labels/$1.txt');
        return {
          set,
          golden: join(values.data, 'train', a),
          photo,
          labels: ({ width, height }) => readLabels(file, width, height),
        };
      });
  });
}

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
      level: look.level,
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
    clean: { regions: clean.regions, level: clean.level, parts: clean.parts },
    edited: {
      ...{ regions: edited.regions, level: edited.level, parts: edited.parts },
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
  const pairs = allPairs().filter((_, k) => k % Number(values.every) === 0);
  const rows = [];
  for (const [k, pair] of pairs.entries()) {
    const row = await lookAtPair(pair, k, models, pictures);
    if (row) rows.push(row);
    console.error(`${k + 1} of ${pairs.length} ${pair.set}${row ? '' : ': refused'}`);
    if (values.output) await writeFile(values.output, `${JSON.stringify(rows)}\n`);
  }
  return rows;
}

/** Differences above the level of their photo, by height, with their place in the photo. */
function heights({ regions, level, parts, inPhoto }, weight) {
  const places = new Map(regions.map(({ box }, k) => [box, inPhoto?.[k] ?? box]));
  return weighByParts(regions, parts, weight).map(({ box, peak }) => ({
    box: places.get(box),
    score: peak - level,
  }));
}

/** Of a set of pairs: which edits are found how high, and how high chance reaches on the unedited photos. */
function measured(rows, weight) {
  const hits = [];
  const chance = [];
  for (const { clean, edited, edits } of rows) {
    chance.push(...heights(clean, weight).map(({ score }) => score));
    const record = matchFindings({
      truths: edits.map(({ box }) => box),
      findings: heights(edited, weight),
      ignored: edits.flatMap(({ left }) => left),
    });
    hits.push(...record.hits.map(({ score }, k) => ({ kind: edits[k].kind, score })));
  }
  return { hits, chance, photos: rows.length };
}

/** Share of the edits found at so many false calls a photo of this set. */
function foundAt({ hits, chance, photos }, falseCalls, kinds) {
  const scores = hits.filter(({ kind }) => kinds(kind)).map(({ score }) => score);
  return pointAt(froc(scores, chance, photos), falseCalls).found;
}

const rows = values.rows ? JSON.parse(await readFile(values.rows, 'utf8')) : await lookAtAll();
const sets = [...new Set(rows.map(({ set }) => set))];
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
/** Found at all operating points alike, and planted ones as much as all others; sets count alike. */
const worth = (weight, chosen) =>
  mean(
    chosen.flatMap((set) => {
      const all = measured(
        rows.filter((row) => row.set === set),
        weight,
      );
      return FALSE_CALLS.map((count) => foundAt(all, count, () => true));
    }),
  );
const best = (chosen) =>
  WEIGHTS.map((weight) => ({ weight, value: worth(weight, chosen) })).reduce((a, b) =>
    b.value > a.value + 1e-9 ? b : a,
  );

console.log(
  `${rows.length} pairs (${sets.map((set) => `${set} ${rows.filter((row) => row.set === set).length}`).join(', ')})`,
);
console.log(
  `weight  found at ${FALSE_CALLS.join(' / ')} false calls a photo: planted | changed and removed | mean of all`,
);
for (const weight of WEIGHTS) {
  const shares = (kinds) =>
    FALSE_CALLS.map((count) =>
      Math.round(
        100 *
          mean(
            sets.map((set) =>
              foundAt(
                measured(
                  rows.filter((row) => row.set === set),
                  weight,
                ),
                count,
                kinds,
              ),
            ),
          ),
      ),
    ).join(' / ');
  console.log(
    `${weight.toFixed(1).padStart(6)}  ${shares((kind) => kind === 'plant')} | ${shares((kind) => kind !== 'plant')} | ${worth(weight, sets).toFixed(3)}`,
  );
}
// A set must not choose for itself, or the gain is that of having looked.
for (const set of sets) {
  const others = sets.filter((other) => other !== set);
  if (others.length === 0) continue;
  const { weight } = best(others);
  console.log(
    `${set}: the others choose ${weight}, which finds ${worth(weight, [set]).toFixed(3)} here; no weight ${worth(0, [set]).toFixed(3)}`,
  );
}
const { weight } = best(sets);
console.log(`chosen: ${weight}`);
if (values.write) {
  const contract = JSON.parse(readFileSync(CONTRACT, 'utf8'));
  contract.decision.parts = weight;
  await writeFile(CONTRACT, `${JSON.stringify(contract, null, 2)}\n`);
}
