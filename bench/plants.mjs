// Plants parts into real photos of the same boards and counts what is found, for the product and two baselines.
// Shot 1 of each board is the reference; every other shot is judged as it is (every finding is a false call) and with
// planted parts, removed, moved, turned and swapped parts, and decoys. Edited and clean photos go through the same JPEG encoder.
//   npm run eval:plants -- [--data ../shared/data] [-o DIR] [--pairs N] [--only product,difference,changechip]
//                          [--plants K] [--changes K] [--sizes 10-60] [--seed N] [--save] [--good N]
//                          [--shots CACHE/real_pairs.json [--every N]]
// With --shots, the list that models/training/change/pair_index.py writes, the pairs are real shots among the training photos:
// to choose by, and not to quote.
// With --only product,several --good 5 the second learns from shot 1 and four others too, which are then not judged.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { fillMapped, fillPolygon, invert } from '../dist/geometry/index.js';
import { readPhoto, throughJpeg } from '../dist/photo/index.js';
import { findBoardOutline, prepareReference, registerPhoto } from '../dist/register/index.js';
import { createRandom, LEAST_VISIBLE } from '../dist/selftest/index.js';
import { ADAPTERS } from './adapters.mjs';
import { editPhoto, loadParts, maskHull, readLabels } from './edits.mjs';
import { frocPicture } from './froc/svg.mjs';
import { summarise, table } from './froc.mjs';
import { readRealPairs } from './realPairs.mjs';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    parts: { type: 'string', default: 'samples/parts' },
    output: { type: 'string', short: 'o' },
    pairs: { type: 'string', default: '38' },
    only: { type: 'string', default: 'product,difference,changechip' },
    good: { type: 'string', default: '1' },
    plants: { type: 'string', default: '6' },
    changes: { type: 'string', default: '2' },
    sizes: { type: 'string', default: '10-60' },
    seed: { type: 'string', default: '1' },
    save: { type: 'boolean', default: false },
    shots: { type: 'string' },
    every: { type: 'string', default: '1' },
  },
});
const folder = join(values.data, 'eval/same-board');
const chosen = values.only.split(',');
const unknown = chosen.find((name) => !(name in ADAPTERS));
const sizes = values.sizes.split('-').map(Number);
const problem = !existsSync(folder)
  ? `${folder}: expected the evaluation photos, got nothing; name their folder with --data`
  : unknown
    ? `--only: expected some of ${Object.keys(ADAPTERS).join(', ')}, got ${unknown}`
    : sizes.length !== 2 || !(sizes[0] >= 4 && sizes[1] >= sizes[0])
      ? `--sizes: expected LEAST-MOST in pixels, got ${values.sizes}`
      : values.save && !values.output
        ? '--save: expected -o DIR as well, got none'
        : null;
if (problem) {
  console.error(problem);
  process.exit(2);
}

const counts = {
  plants: Number(values.plants),
  decoys: 2,
  removals: 2,
  changes: Number(values.changes),
  sizes,
};
// Good boards beside the first: every fourth shot, so that they are not all of one series.
const others = Array.from({ length: Number(values.good) - 1 }, (_, k) => 4 * (k + 1));
const boards = values.shots ? trainingBoards() : evaluationBoards();
const parts = await loadParts(values.parts);
const adapters = chosen.map((name) => ADAPTERS[name]());
const runs = adapters.map(() => []);
const seconds = adapters.map(() => 0);
if (values.output) await mkdir(values.output, { recursive: true });

/** Shot 1 of each board is the golden photo; a few pairs are taken from both boards alike. */
function evaluationBoards() {
  const names = ['arduino_mega', 'uln2003'];
  const pairs = Array.from({ length: 19 }, (_, k) => names.map((board) => ({ board, shot: k + 2 })))
    .flat()
    .filter(({ shot }) => !others.includes(shot))
    .slice(0, Number(values.pairs));
  return names
    .map((name, k) => ({
      golden: async () => {
        const shot = await readShot(name, 1);
        return { ...shot, polygon: maskHull(shot.mask, shot.photo.width, shot.photo.height) };
      },
      good: () => Promise.all(others.map((shot) => readShot(name, shot))),
      shots: pairs
        .filter(({ board }) => board === name)
        .map(({ shot }) => ({ seed: 100 * k + shot, read: () => readShot(name, shot) })),
    }))
    .filter(({ shots }) => shots.length > 0);
}

async function readShot(board, shot) {
  const name = `${board}_${shot}`;
  const photo = (await readPhoto(join(folder, 'images', `${name}.jpg`))).pixels;
  const mask = new Uint8Array(
    await sharp(join(folder, 'masks', `${name}.png`))
      .greyscale()
      .raw()
      .toBuffer(),
  );
  for (let k = 0; k < mask.length; k++) mask[k] = mask[k] ? 1 : 0;
  const labels = await readLabels(join(folder, 'labels', `${name}.txt`), photo.width, photo.height);
  return { name, photo: await throughJpeg(photo), original: photo, mask, labels };
}

/** Each pair is a board of its own, whose outline is found as the product finds it. */
function trainingBoards() {
  return readRealPairs(values.shots, values.data)
    .filter((_, k) => k % Number(values.every) === 0)
    .map((pair, k) => ({
      golden: async () => {
        const { pixels } = await readPhoto(pair.golden);
        const { polygon } = await findBoardOutline(pixels);
        const mask = fillPolygon(polygon, pixels.width, pixels.height);
        return { photo: await throughJpeg(pixels), mask, polygon };
      },
      good: async () => [],
      shots: [{ seed: k, read: () => readTrainingShot(pair, k) }],
    }));
}

async function readTrainingShot({ set, photo: file, labels }, k) {
  const { pixels } = await readPhoto(file);
  return {
    name: `${set}_${k}`,
    photo: await throughJpeg(pixels),
    original: pixels,
    labels: await labels(pixels),
  };
}

for (const board of boards) {
  const golden = await board.golden();
  const { polygon } = golden;
  const reference = await prepareReference(golden.photo, polygon);
  const good = await board.good();
  for (const adapter of adapters) {
    await adapter.prepare(
      golden.photo,
      { mask: golden.mask, polygon },
      good.map(({ photo }) => photo),
    );
  }
  for (const { seed, read } of board.shots) {
    const clean = await read();
    const { width, height } = clean.photo;
    const { homography } = await registerPhoto(clean.photo, reference);
    if (!clean.mask && !homography) continue;
    const mask = clean.mask ?? fillMapped(polygon, invert(homography), width, height);
    const random = createRandom(1000 * Number(values.seed) + seed);
    const truth = { ...clean, mask, homography, golden: { polygon } };
    const { photo, edits } = editPhoto(clean.original, truth, parts, counts, random);
    const edited = await throughJpeg(photo);
    if (values.save) await save(edited, edits, clean.name);
    for (const [k, adapter] of adapters.entries()) {
      const started = performance.now();
      const onClean = await adapter.run(clean.photo);
      const onEdited = await adapter.run(edited);
      seconds[k] += (performance.now() - started) / 2000;
      runs[k].push({ pair: clean.name, clean: onClean, edited: { ...onEdited, edits } });
    }
    const calls = adapters.map(({ name }, k) => {
      const last = runs[k].at(-1);
      return `${name} ${last.clean.refused ? 'refused' : last.clean.findings.length}/${last.edited.findings.length}`;
    });
    console.error(`${clean.name}: ${edits.length} edits; findings clean/edited: ${calls.join(', ')}`);
  }
}

async function save({ data, width, height }, edits, name) {
  await sharp(Buffer.from(data), { raw: { width, height, channels: 3 } })
    .png()
    .toFile(join(values.output, `${name}.png`));
  await writeFile(join(values.output, `${name}.json`), `${JSON.stringify(edits, null, 2)}\n`);
}

const summaries = adapters.map(({ name, defaultThreshold }, k) => ({
  ...summarise(name, defaultThreshold, runs[k]),
  secondsPerPhoto: seconds[k] / Math.max(1, runs[k].length),
}));
console.log(table(summaries));
if (values.output) {
  const settings = {
    pairs: runs[0].length,
    ...counts,
    good: Number(values.good),
    seed: Number(values.seed),
    leastVisible: LEAST_VISIBLE,
  };
  await writeFile(
    join(values.output, 'plants.json'),
    `${JSON.stringify({ settings, summaries, runs: runs.map((list, k) => ({ name: adapters[k].name, pairs: list })) }, null, 1)}\n`,
  );
  await writeFile(join(values.output, 'froc.svg'), frocPicture(summaries));
}
