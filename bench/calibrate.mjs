// Chooses the level of the change model's decision (level, spread and relief in its contract; noise and parts are chosen by
// weigh.mjs) on unedited pairs of shots: every summit of the change map there is a chance one. Used are the project's samples,
// every good photo against every other, and the real repeated shots among the training photos, none of which an evaluation
// uses; where there are real ones, they alone set level and spread. --real leaves the samples out of relief too.
// --shots is the list that models/training/change/pair_index.py writes.
//   npm run calibrate -- [--data ../shared/data] [--shots CACHE/real_pairs.json] [--real] [--write]
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findRegions, levelOfPhoto, weighByParts } from '../dist/compare/index.js';
import { learnPixels, loadModels, readPhoto } from '../dist/index.js';
import { lookAt } from '../dist/look.js';
import { severalLooks } from '../dist/severalLooks.js';
import { askWitnesses } from '../dist/witnesses.js';
import { bisect } from './bisect.mjs';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    shots: { type: 'string' },
    real: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const models = await loadModels();
/** Logits: as far as frames of one video and a few samples can be trusted. */
const MOST_RELIEF = 2;
/**
 * Regions that a photo shows by chance, strongest first, for every pair: as the change map has them, which tells the
 * photo's noise, and after the second look, weighed by the parts that the detector sees, which is what is told.
 */
const photos = [];
/** References with several shots of the same board: what several photos, and several good boards, make of chance. */
const groups = [];
/** Shots of one board that are looked at together. */
const TOGETHER = 4;

async function add(set, golden, shots) {
  const reference = await learnPixels((await readPhoto(golden)).pixels, models.detector);
  const looks = [];
  for (const shot of shots) {
    const { look } = await lookAt(await readPhoto(shot), looks.length, reference, models, { lap() {} });
    if (!look) continue;
    const { parts } = models.change.contract.decision;
    photos.push({
      set,
      regions: findRegions(look.changes),
      weighed: weighByParts(look.regions, [...look.parts, ...reference.goldenParts], parts),
    });
    looks.push(look);
  }
  if (looks.length >= 2) groups.push({ set, reference, looks: looks.slice(0, TOGETHER) });
}

const good = values.real
  ? []
  : ['golden/golden-1', 'golden/golden-2', 'golden/golden-3', 'golden/golden-4', 'incoming/clean'].map(
      (name) => `samples/${name}.jpg`,
    );
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
    // Frames of which several others are known, apart from the pairs below.
    const byGolden = byReference(own);
    const rich = [...byGolden.values()].filter((list) => list.length >= TOGETHER).slice(0, 4);
    for (const list of rich) {
      await add(
        set,
        join(values.data, 'train', list[0].a),
        list.slice(0, TOGETHER).map(({ b }) => join(values.data, 'train', b)),
      );
    }
    for (let k = 0; k < own.length; k += step) {
      await add(set, join(values.data, 'train', own[k].a), [join(values.data, 'train', own[k].b)]);
    }
  }
}

console.error(`${photos.length} unedited pairs`);

function byReference(pairs) {
  const map = new Map();
  for (const pair of pairs) map.set(pair.a, [...(map.get(pair.a) ?? []), pair]);
  return map;
}

/** Mean number of summits that pass for fewer than `allowed` false calls; sets count alike, whatever their size. */
function falseCalls(decision, allowed) {
  const sets = new Map();
  for (const { set, regions, weighed } of photos) {
    const least = levelOfPhoto(regions, decision) - decision.spread * Math.log(allowed);
    const counts = sets.get(set) ?? [];
    counts.push(weighed.filter(({ peak }) => peak > least).length);
    sets.set(set, counts);
  }
  return [...sets].map(([set, counts]) => [set, counts.reduce((a, b) => a + b, 0) / counts.length]);
}
/** Pairs that a set must have to tell of a rate. */
const LEAST_PAIRS = 10;
/** Renders show more parallax than photos do: they count where there is nothing else. */
const known = [...new Set(photos.map(({ set }) => set))].filter(
  (name) => photos.filter(({ set }) => set === name).length >= LEAST_PAIRS,
);
const counted = known.length > 1 ? known.filter((name) => name !== 'samples') : known;
const mean = (rows) => {
  const own = rows.filter(([set]) => counted.includes(set));
  return own.reduce((sum, [, value]) => sum + value, 0) / own.length;
};

const { noise } = models.change.contract.decision;
/** The lowest level at which there are at most so many false calls a photo. */
const levelFor = (most) =>
  bisect([-4, 8], 0.01, most, (level) => mean(falseCalls({ level, noise, spread: 1 }, 1)));
const round = (value) => Math.round(value * 100) / 100;
const level = levelFor(1);
// Chance summits become rarer by the same factor every logit, as exponential tails do: from twice to half as many.
const spread = (levelFor(0.5) - levelFor(2)) / Math.log(4);
const decision = { level: round(level), noise, spread: round(spread) };
console.log(`${JSON.stringify(decision)} by ${counted.join(' and ')}`);
for (const allowed of [0.25, 0.5, 1, 2, 4]) {
  const rows = falseCalls(decision, allowed);
  console.log(
    `--false-calls ${allowed}: ${rows.map(([set, value]) => `${set} ${value.toFixed(2)}`).join(', ')}`,
  );
}

// Several photos and several good boards: how much lower chance lies, so that one false call a board stays one.
/** Peaks above the level of one photo against one good board, a list a board. */
const heights = { photos: [[], [], [], []], goodBoards: [[], [], [], [], []] };
for (const { reference, looks } of groups) {
  for (const look of looks) look.level = levelOfPhoto(look.regions, decision);
  for (let count = 1; count <= looks.length; count++) {
    for (let first = 0; first + count <= looks.length; first++) {
      const board = severalLooks(looks.slice(first, first + count), [], decision);
      heights.photos[count - 1].push(board.regions.map(({ peak }) => peak - board.level));
    }
  }
  // One of the looks is the photo, the others are good boards beside the golden photo.
  for (const [k, look] of looks.entries()) {
    const others = looks.filter((_, n) => n !== k);
    heights.goodBoards[0].push(look.regions.map(({ peak }) => peak - look.level));
    for (let count = 1; count <= others.length; count++) {
      const witnesses = others.slice(0, count).map(({ view }) => ({ load: async () => view.photo }));
      const asked = look.regions.filter(({ peak }) => peak > look.level - 4 * decision.spread).length;
      const regions = await askWitnesses(
        look.regions,
        asked,
        () => look.view.photo,
        { ...reference, witnesses },
        models.change,
        { vote: 'any', relief: [] },
      );
      // What was not asked lies below.
      heights.goodBoards[count].push(regions.slice(0, asked).map(({ peak }) => peak - look.level));
    }
  }
}
const boardsAbove = (lists, height) =>
  lists.reduce((sum, list) => sum + list.filter((value) => value > height).length, 0) / lists.length;
/** Height above which there is so much chance as above the level with one. */
const heightOf = (lists, wanted) => bisect([-5, 5], 0.01, wanted, (height) => boardsAbove(lists, height));
decision.relief = Object.fromEntries(
  Object.entries(heights).map(([name, lists]) => {
    const known = lists.filter((list) => list.length > 0);
    const wanted = boardsAbove(known[0], 0);
    let least = 0;
    const reliefs = known.map((list, k) => {
      if (k === 0) return 0;
      // More good boards never make chance likelier; of more photos the plainest has half a say, so that they may.
      const relief = Math.max(0, Math.min(MOST_RELIEF, -heightOf(list, wanted)));
      least = name === 'goodBoards' ? Math.max(least, relief) : relief;
      return round(least);
    });
    console.log(
      `${name}: ${known.map((list, k) => `${k + 1}: ${boardsAbove(list, 0).toFixed(2)} chance summits above the level, relief ${reliefs[k]}`).join('; ')}`,
    );
    return [name, reliefs];
  }),
);
if (values.write) {
  const path = 'models/change.json';
  const contract = JSON.parse(readFileSync(path, 'utf8'));
  await writeFile(
    path,
    `${JSON.stringify({ ...contract, decision: { ...contract.decision, ...decision } }, null, 2)}\n`,
  );
}
