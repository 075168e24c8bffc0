// Ends a scan with kill -9 at random moments, starts it again each time, and compares what comes out of it in the end
// with an undisturbed scan, byte by byte, times aside.
//   npm run soak:kills -- [--kills 50] [--seed 1] [--real] [--width 600]
// --real: inspections of copies of the sample photos, so many pixels wide, instead of stand-ins. Each kill comes when some
// more photos are done, or while the scan starts; how busy the machine is changes how long that takes, not what is tried.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { latest, readJournal } from '../dist/batch/index.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    real: { type: 'boolean', default: false },
    width: { type: 'string', default: '600' },
  },
});
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'boardiff-kills-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const input = join(scratch, 'in');
mkdirSync(input);

let state = Number(values.seed);
const random = () => {
  state = (state * 16807) % 2147483647;
  return state / 2147483647;
};

/** The photos, and the command that scans them into a folder. */
async function prepare() {
  if (values.real) {
    const samples = here('../samples');
    // Small, so that fifty kills take minutes.
    const shrunk = async (from, to) => {
      await sharp(join(samples, from)).resize(Number(values.width)).toFile(to);
      return to;
    };
    for (const name of ['clean', 'implant', 'missing-wrong'])
      await shrunk(`incoming/${name}.jpg`, join(input, `${name}.png`));
    await shrunk('golden/golden-2.jpg', join(input, 'another.png'));
    writeFileSync(join(input, 'broken.jpg'), 'no photo');
    const golden = await shrunk('golden/golden-1.jpg', join(scratch, 'golden.png'));
    return (output) => [
      here('../dist/cli/main.js'),
      'scan',
      input,
      '-r',
      golden,
      '-o',
      output,
      '--workers',
      '1',
    ];
  }
  for (let k = 0; k < 200; k++) {
    const kind = k % 9 === 0 ? 'differs' : k % 13 === 0 ? 'bad' : 'matches';
    writeFileSync(join(input, `photo ${k}.jpg`), `${kind} ${k % 7 === 0 ? 'same' : k}`);
  }
  return (output) => [here('../test/batch/driver.mjs'), input, output, '2', '20'];
}

const command = await prepare();

/**
 * Scans; with a moment, until kill -9 so many photos later and then so long after that.
 * @returns how long it took
 */
async function scan(output, moment = null) {
  const started = performance.now();
  const child = spawn(process.execPath, command(output), { stdio: 'ignore' });
  let alive = true;
  const ended = new Promise((resolve) => child.on('exit', resolve)).then(() => {
    alive = false;
  });
  if (moment !== null) {
    const goal = linesOf(output) + moment.photos;
    while (alive && linesOf(output) < goal) await Promise.race([sleep(5), ended]);
    await Promise.race([sleep(moment.ms), ended]);
    child.kill('SIGKILL');
  }
  await ended;
  return performance.now() - started;
}

/** All that a scan left behind but times: the files of each photo, and the last that the journal says of each. */
async function resultsOf(output) {
  const results = new Map();
  const photos = join(output, 'photos');
  for (const entry of readdirSync(photos, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    let bytes = readFileSync(path);
    if (values.real && entry.name === 'inspection.json') {
      bytes = Buffer.from(JSON.stringify({ ...JSON.parse(bytes.toString()), timings: null }));
    } else if (entry.name === 'report.html') {
      bytes = Buffer.from(bytes.toString().replace(/(<th scope="row">[^<]*<\/th><td>)[\d.]+ ms/g, '$1'));
    }
    results.set(path.slice(photos.length), bytes.toString('latin1'));
  }
  for (const { at, ms, ...rest } of latest((await readJournal(output)).entries))
    results.set(rest.path, JSON.stringify(rest));
  return results;
}

const linesOf = (output) => {
  const journal = join(output, 'journal.jsonl');
  return existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').length - 1 : 0;
};

const whole = join(scratch, 'whole');
const wholeMs = await scan(whole);
const expected = await resultsOf(whole);
const all = linesOf(whole);
const kills = Number(values.kills);
const output = join(scratch, 'killed');
console.error(`An undisturbed scan of ${all} photos took ${(wholeMs / 1000).toFixed(1)} s.`);
const begun = performance.now();
let [midway, finished] = [0, 0];
for (let kill = 0; kill < kills; kill++) {
  // A scan that came to its end has nothing left to lose: a fresh one begins.
  if (linesOf(output) >= all) {
    await compare();
    finished++;
    // A worker of the killed scan may be writing its last file.
    rmSync(output, { recursive: true, maxRetries: 10, retryDelay: 100 });
  }
  const left = all - linesOf(output);
  const photos = Math.floor(random() * (left + 1));
  await scan(output, { photos, ms: (wholeMs / all) * random() });
  if (linesOf(output) > 0 && linesOf(output) < all) midway++;
  if ((kill + 1) % 5 === 0) {
    const each = (performance.now() - begun) / (kill + 1);
    console.error(
      `${kill + 1} of ${kills} kills, about ${(((kills - kill - 1) * each) / 60000).toFixed(1)} min left`,
    );
  }
}
await scan(output);
await compare();
console.log(
  `${kills} kills (${midway} of them with some photos done and some not), ${finished + 1} scans brought to their end, ` +
    `${expected.size} results each: all as undisturbed. ${values.real ? 'Real inspections' : 'Stand-in inspections'}, seed ${values.seed}, ${((performance.now() - begun) / 60000).toFixed(1)} min.`,
);

async function compare() {
  const got = await resultsOf(output);
  const wrong = [...new Set([...expected.keys(), ...got.keys()])].filter(
    (name) => got.get(name) !== expected.get(name),
  );
  if (wrong.length === 0) return;
  console.error(`expected the results of an undisturbed scan, got others: ${wrong.join(', ')}`);
  process.exit(1);
}
