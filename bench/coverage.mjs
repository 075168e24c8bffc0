// Spoils real photos of good boards in known ways (glare, blur, shadow, a hand, a cable, …; src/selftest/spoil.ts), and
// counts what became of the places that nobody could judge any more, of those that stayed good, and of planted parts. A lost
// place that is not called so may still lie in a finding, as a cable does that is told as a part: then nothing matches there.
// Shot 1 of each board in eval/same-board is the golden photo; with --shots it is real pairs among the training photos.
//   npm run eval:coverage -- [--data ../shared/data] [--pairs 8] [--seed 1] [--only glare,hand] [--plants 4]
//                            [--shots CACHE/real_pairs.json] [-o DIR]
// -o writes a picture of each case: what was lost in red, what was called so hatched.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { boundingBox, growBox, insidePolygon, invert, mapPoint } from '../dist/geometry/index.js';
import { learnPixels, loadModels, readPhoto } from '../dist/index.js';
import { inspectPixels } from '../dist/inspect.js';
import { throughJpeg } from '../dist/photo/index.js';
import { registerPhoto } from '../dist/register/index.js';
import { sameView } from '../dist/sameView.js';
import { createRandom, GOOD, LOST, plantParts, SPOILS, spoilPhoto } from '../dist/selftest/index.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    pairs: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: SPOILS.join(',') },
    plants: { type: 'string', default: '4' },
    shots: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
});
/** Grid that places are counted in, reference pixels. */
const STEP = 8;
const models = await loadModels();
if (values.output) await mkdir(values.output, { recursive: true });

/** Golden photo, the board in it where it is known, and shots of the same board. */
async function boards() {
  const count = Number(values.pairs);
  if (values.shots) {
    const pairs = JSON.parse(await readFile(values.shots, 'utf8'));
    const samples = ['golden-2', 'golden-3', 'golden-4'].map((name) => `samples/golden/${name}.jpg`);
    const step = Math.floor(pairs.length / count);
    return [
      { name: 'samples', golden: 'samples/golden/golden-1.jpg', shots: samples },
      ...Array.from({ length: count }, (_, k) => pairs[k * step]).map(({ set, a, b }) => ({
        name: set,
        golden: join(values.data, 'train', a),
        shots: [join(values.data, 'train', b)],
      })),
    ];
  }
  return ['arduino_mega', 'uln2003'].map((board) => ({
    name: board,
    golden: join(values.data, 'eval/same-board/images', `${board}_1.jpg`),
    shots: Array.from({ length: Math.ceil(count / 2) }, (_, k) =>
      join(values.data, 'eval/same-board/images', `${board}_${k + 2}.jpg`),
    ),
  }));
}

const emptyTally = () => ({
  photos: 0,
  refused: 0,
  lost: 0,
  lostCalled: 0,
  lostTold: 0,
  good: 0,
  goodGivenUp: 0,
  goodBefore: 0,
  goodLost: 0,
  plants: 0,
  found: 0,
  covered: 0,
  silent: 0,
});
/** What came of each kind of spoiling. */
const tallies = new Map();
const tallyOf = (name) => {
  if (!tallies.has(name)) tallies.set(name, emptyTally());
  return tallies.get(name);
};

for (const { name, golden, shots } of await boards()) {
  const reference = await learnPixels((await readPhoto(golden)).pixels, models.detector);
  for (const [n, shot] of shots.entries()) {
    const { pixels } = await readPhoto(shot);
    const clean = await registerPhoto(pixels, reference.registration);
    if (clean.status !== 'ok') continue;
    const back = invert(clean.homography);
    const outline = reference.outline.map((point) => mapPoint(back, point));
    const board = boundingBox(outline);
    /** Whether the photo as it is lets one judge each place: real shots have bad places of their own. */
    let before;
    for (const kind of ['none', ...values.only.split(',')]) {
      const random = createRandom(7919 * Number(values.seed) + 101 * n + kind.length * 13 + name.length);
      const tally = tallyOf(kind);
      const planted = plantInto(pixels, reference, back, random);
      const { photo, state, window } =
        kind === 'none'
          ? {
              photo: planted.photo,
              state: new Uint8Array(pixels.width * pixels.height),
              window: { x: 0, y: 0 },
            }
          : spoilPhoto(planted.photo, kind, board, random);
      const shown = await throughJpeg(photo);
      const registered = await registerPhoto(shown, reference.registration);
      tally.photos++;
      const view =
        registered.status === 'ok' ? await sameView(shown, registered.homography, reference) : null;
      if (!view) tally.refused++;
      const findings =
        planted.plants.length > 0 ? (await inspectPixels(shown, reference, models)).findings : [];
      const places = [];
      for (let y = STEP / 2; y < reference.height; y += STEP) {
        for (let x = STEP / 2; x < reference.width; x += STEP) {
          if (!onBoard(reference, x, y)) continue;
          const [px, py] = mapPoint(back, [x, y]).map(Math.round);
          const outside = px < 0 || py < 0 || px >= pixels.width || py >= pixels.height;
          const truth = outside ? LOST : state[py * pixels.width + px];
          const judged = view ? view.judgedShare({ x: x - 1, y: y - 1, width: 2, height: 2 }) > 0.5 : false;
          places.push({ x, y, truth, judged });
          if (truth === LOST) {
            tally.lost++;
            if (!judged) tally.lostCalled++;
            else if (findings.some(({ referenceBox }) => inside(referenceBox, { x, y }))) tally.lostTold++;
          } else if (truth === GOOD && view) {
            tally.good++;
            if (!judged) tally.goodGivenUp++;
            if (before?.[places.length - 1]) {
              tally.goodBefore++;
              if (!judged) tally.goodLost++;
            }
          }
        }
      }
      before ??= places.map(({ judged }) => judged);
      for (const { box, place } of planted.plants) {
        const [cx, cy] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
        if (state[cy * pixels.width + cx] === GOOD && kind !== 'none') continue;
        tally.plants++;
        const at = { x: cx - window.x, y: cy - window.y };
        const found = findings.some(({ box: f }) => f && near(f, at));
        const covered = !view || view.judgedShare(place) < 0.5;
        if (found) tally.found++;
        else if (covered) tally.covered++;
        else tally.silent++;
      }
      if (values.output && view) await draw(view, places, `${name}-${n + 1}-${kind}`);
    }
    console.error(`${name} ${n + 1} of ${shots.length}`);
  }
}

/** A few parts of 16 to 40 px anywhere on the board. */
function plantInto(pixels, reference, back, random) {
  const spots = [];
  for (let tries = 0; spots.length < Number(values.plants) && tries < 200; tries++) {
    const at = [random.range(0, reference.width), random.range(0, reference.height)];
    if (!onBoard(reference, ...at)) continue;
    const longSidePx = random.range(16, 40);
    const center = mapPoint(back, at);
    const far = spots.every(({ center: [x, y] }) => Math.hypot(x - center[0], y - center[1]) > 100);
    const fits = center.every((v, k) => v > 50 && v < [pixels.width, pixels.height][k] - 50);
    if (far && fits) spots.push({ center, longSidePx, at });
  }
  if (spots.length === 0) return { photo: pixels, plants: [] };
  const { photo, plants } = plantParts(pixels, 0, spots, random);
  const s = 10;
  return {
    photo,
    plants: plants.map(({ box, spot: { at } }) => ({
      box,
      place: { x: at[0] - s, y: at[1] - s, width: 2 * s, height: 2 * s },
    })),
  };
}

function onBoard({ outline }, x, y) {
  return insidePolygon(outline, [x, y]);
}

function inside({ x, y, width, height }, at) {
  return at.x > x && at.x < x + width && at.y > y && at.y < y + height;
}

function near(box, at) {
  return inside(growBox(box, 4), at);
}

async function draw({ photo }, places, name) {
  const data = new Uint8Array(photo.data);
  const paint = (x, y, rgb) => {
    for (let k = 0; k < 3; k++) data[3 * (y * photo.width + x) + k] = rgb[k];
  };
  for (const { x, y, truth, judged } of places) {
    for (let dy = -STEP / 2; dy < STEP / 2; dy++) {
      for (let dx = -STEP / 2; dx < STEP / 2; dx++) {
        const [px, py] = [Math.floor(x + dx), Math.floor(y + dy)];
        if (px < 0 || py < 0 || px >= photo.width || py >= photo.height) continue;
        if (!judged && (px + py) % 6 < 2) paint(px, py, [255, 255, 0]);
        else if (truth === LOST && (px - py + 6000) % 6 < 1) paint(px, py, [255, 0, 60]);
      }
    }
  }
  await sharp(data, { raw: { width: photo.width, height: photo.height, channels: 3 } })
    .resize(1000)
    .jpeg({ quality: 85 })
    .toFile(join(values.output, `${name}.jpg`));
}

const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
console.log(
  '| spoilt by | photos | refused | lost area called so | called so or in a finding | good area given up | of what the photo showed before | plants there: found, marked, silent |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
const sum = emptyTally();
for (const [kind, t] of tallies) {
  if (kind !== 'none') for (const key of Object.keys(sum)) sum[key] += t[key];
  console.log(line(kind, t));
}
console.log(line('all but none', sum));

function line(kind, t) {
  return `| ${kind} | ${t.photos} | ${t.refused} | ${percent(t.lostCalled, t.lost)} | ${percent(t.lostCalled + t.lostTold, t.lost)} | ${percent(t.goodGivenUp, t.good)} | ${percent(t.goodLost, t.goodBefore)} | ${t.found}, ${t.covered}, ${t.silent} |`;
}
