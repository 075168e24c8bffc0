// Which of many references a photo shows: real photos against the right reference among others, boards without a
// reference, and what a photo costs among hundreds of references.
//   npm run eval:match -- [--data ../shared/data] [--many 600] [--only right|unknown|many]
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { COMPACT_VERSION, encodeCompact } from '../dist/choose/compactFile.js';
import { openChooser } from '../dist/choose/openChooser.js';
import { toPlan } from '../dist/choose/toPlan.js';
import { writeAtomically } from '../dist/files.js';
import { homographyFromPoints } from '../dist/geometry/index.js';
import { readPhoto } from '../dist/photo/index.js';
import {
  findBoardOutline,
  prepareReference,
  registerPhoto,
  takeCompactFeatures,
  warp,
} from '../dist/register/index.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    many: { type: 'string', default: '600' },
    only: { type: 'string' },
  },
});
const same = join(values.data, 'eval/same-board/images');
if (!existsSync(same)) {
  console.error(`${same}: expected the evaluation photos, got nothing; name the data folder with --data`);
  process.exit(2);
}
const scratch = mkdtempSync(join(tmpdir(), 'boardiff-match-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const photosBelow = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => /\.(jpe?g|png)$/i.test(name))
    .map((name) => join(folder, name))
    .sort();
const shots = photosBelow(same);
const boards = ['arduino_mega', 'uln2003'];
const shotsOf = (board, but = 1) =>
  shots.filter((path) => basename(path).startsWith(board) && !path.endsWith(`_${but}.jpg`));
const samples = [
  ...photosBelow('samples/incoming'),
  ...['golden-2.jpg', 'golden-3.jpg', 'golden-4.jpg'].map((name) => join('samples/golden', name)),
];
const train = [
  ...photosBelow(join(values.data, 'train/coreboot')),
  ...photosBelow(join(values.data, 'train/dasharo')),
];
/** One photo of each other board: every second is a reference, the others are boards without one. */
const others = [];
const seen = new Set();
for (const path of train) {
  const board = basename(path).split(/[_.-]/)[0];
  if (seen.has(board)) continue;
  seen.add(board);
  const { width, height } = await sharp(path).metadata();
  if (Math.min(width, height) >= 400) others.push(path);
}

const opened = new Map();
/** A golden photo ready for registration, as a worker opens it. */
async function reference(path) {
  if (!opened.has(path)) {
    const { pixels } = await readPhoto(path);
    opened.set(path, await prepareReference(pixels, (await findBoardOutline(pixels)).polygon));
  }
  return opened.get(path);
}

const shaOf = (number) => `${number}`.padStart(64, '0');

async function learn(paths, cache) {
  const ask = openChooser({ cache: join(scratch, cache) });
  const sources = [];
  const cpu = process.cpuUsage();
  for (const path of paths) {
    const source = {
      path,
      name: basename(path),
      sha256: shaOf(sources.length),
      variant: null,
    };
    const answer = await ask({ learn: source });
    if ('wrong' in answer) console.log(`left out: ${answer.wrong}`);
    else sources.push(source);
  }
  return { ask, sources, learnMs: cpuMs(cpu) / paths.length };
}

/** What becomes of a photo: the plan, then registration onto each candidate until one holds. */
async function choose({ ask, sources }, path) {
  const cpu = process.cpuUsage();
  const { ranked } = await ask({ photo: path });
  const plan = toPlan(sources, ranked);
  const looked = cpuMs(cpu);
  const { pixels } = await readPhoto(path);
  let tries = 0;
  for (const candidate of plan.candidates) {
    tries++;
    const { status } = await registerPhoto(pixels, await reference(candidate.path));
    if (status === 'ok') return { plan, chosen: candidate.path, looked, tries };
  }
  return { plan, chosen: null, looked, tries };
}

/** Milliseconds of processor time since then: what else runs on the machine is not counted. */
function cpuMs(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const golden = 'samples/golden/golden-1.jpg';
const first = (board) => join(same, `${board}_1.jpg`);
const known = others.filter((_, k) => k % 2 === 0);
const strangers = others.filter((_, k) => k % 2 === 1);
/** Refusals take three full registrations each. */
const FEW = 12;

async function measure(title, set, photos, truthOf) {
  let right = 0;
  let wrong = 0;
  let refused = 0;
  let believed = 0;
  const looked = [];
  for (const path of photos) {
    const { plan, chosen, looked: ms, tries } = await choose(set, path);
    looked.push(ms);
    const truth = truthOf(path);
    if (plan.unknown === null) believed++;
    if (chosen === null) refused++;
    else if (chosen === truth) right++;
    else wrong++;
    const scores = plan.candidates.map(({ name, score }) => `${name} ${score}`).join(', ');
    if (chosen !== truth || tries > 1)
      console.log(`  ${basename(path)}: ${chosen ? basename(chosen) : 'refused'} after ${tries}; ${scores}`);
  }
  console.log(
    `${title}: ${photos.length} photos, ${right} right, ${wrong} wrong, ${refused} refused; ` +
      `${believed} believed by features alone; ${median(looked).toFixed(0)} ms of CPU to look at one (median)`,
  );
}

const all = values.only === 'many' ? null : await learn([golden, ...boards.map(first), ...known], 'all');
if (all) console.log(`${all.sources.length} references, ${all.learnMs.toFixed(0)} ms of CPU to learn one`);
if (!values.only || values.only === 'right') {
  await measure('samples', all, samples, () => golden);
  for (const board of boards) await measure(board, all, shotsOf(board), () => first(board));
}
if (!values.only || values.only === 'unknown') {
  await measure('boards without a reference', all, strangers.slice(0, FEW), () => null);
  await measure(
    'the two boards when their references are missing',
    await learn([golden, ...known], 'without'),
    boards.flatMap((board) => shotsOf(board).slice(0, FEW / 2)),
    () => null,
  );
}

// Hundreds of references: the same boards from other sides, turned, and cut, each a picture of its own.
const many = Number(values.many);
if (!values.only || values.only === 'many') {
  let seed = 1;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const made = [];
  const sources = [];
  for (const path of train) sources.push((await readPhoto(path, { shrinkTo: 1000 })).pixels);
  const cache = join(scratch, 'many');
  for (let k = 0; k < many; k++) {
    const pixels = sources[k % sources.length];
    const { width, height } = pixels;
    const [w, h] = [width * (0.4 + 0.3 * random()), height * (0.4 + 0.3 * random())];
    const [x, y] = [(width - w) * random(), (height - h) * random()];
    const corner = (u, v) => [x + u * w + 0.05 * w * random(), y + v * h + 0.05 * h * random()];
    const from = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
    const turn = Math.floor(4 * random());
    const to = [
      [0, 0],
      [899, 0],
      [899, 674],
      [0, 674],
    ].map((_, k2, list) => list[(k2 + turn) % 4]);
    const view = await warp(pixels, homographyFromPoints(from, to), 900, 675);
    const path = join(scratch, `made-${k}.jpg`);
    await sharp(view.data, { raw: { width: 900, height: 675, channels: 3 } })
      .jpeg({ quality: 88 })
      .toFile(path);
    // As in a second scan, when all has been learned.
    const compact = encodeCompact(await takeCompactFeatures(view, 'reference'));
    await writeAtomically(join(cache, `${shaOf(made.length + 3)}.v${COMPACT_VERSION}.json`), compact);
    made.push(path);
  }
  for (const count of [Math.round(many / 6), many]) {
    const before = process.memoryUsage().rss;
    const set = await learn([golden, ...boards.map(first), ...made.slice(0, count)], 'many');
    await measure(`among ${set.sources.length} references: samples`, set, samples, () => golden);
    for (const board of boards)
      await measure(
        `among ${set.sources.length} references: ${board}`,
        set,
        shotsOf(board).slice(0, FEW),
        () => first(board),
      );
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    console.log(
      `${set.sources.length} references: ${set.learnMs.toFixed(0)} ms of CPU to read one learned before, ${grown.toFixed(0)} MiB more`,
    );
  }
}
