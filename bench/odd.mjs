// Is the odd one found in a batch of real photos without a golden board? Takes the twenty hand-held shots of each of two
// boards in eval/same-board, plants one part into two of them, and has `scan --no-reference` compare them with each other.
//   npm run eval:odd -- [--data ../shared/data] [--boards arduino_mega,uln2003] [--shots 20] [--seed 1] [-o DIR]
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { readBatchReport } from '../dist/batchResults.js';
import { intersectionArea } from '../dist/geometry/index.js';
import { readPhoto } from '../dist/photo/index.js';
import { byUrgency } from '../dist/report/batch/order.js';
import { createRandom } from '../dist/selftest/index.js';
import { editPhoto, loadParts, maskHull, readLabels } from './edits.mjs';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    boards: { type: 'string', default: 'arduino_mega,uln2003' },
    shots: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    output: { type: 'string', short: 'o' },
  },
});
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = join(resolve(values.data), 'eval', 'same-board');
const scratch = values.output ? resolve(values.output) : mkdtempSync(join(tmpdir(), 'boardiff-odd-'));
const shots = Number(values.shots);
/** Shots that get a part, and how large: plain to see, so that what is measured is the batch and not the model. */
const ODD = 2;
const SIZES = [30, 45];

const parts = await loadParts(here('../samples/parts'));
for (const board of values.boards.split(',')) {
  const random = createRandom(1000 * Number(values.seed) + board.length);
  const input = join(scratch, board, 'in');
  mkdirSync(input, { recursive: true });
  const all = Array.from({ length: shots }, (_, k) => k + 1);
  const odd = new Map();
  while (odd.size < Math.min(ODD, shots)) odd.set(random.pick(all), null);
  for (const shot of all) {
    const name = `${board}_${shot}.jpg`;
    if (odd.has(shot)) odd.set(shot, await plant(`${board}_${shot}`, join(input, name), random));
    else copyFileSync(join(folder, 'images', name), join(input, name));
  }
  const output = join(scratch, board, 'out');
  const command = [here('../dist/cli/main.js'), 'scan', input, '--no-reference', '-o', output];
  const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 2) throw new Error(`${board}: the scan failed`);
  tell(board, await readBatchReport(output), odd, input);
}
console.log(`Lists and reports: ${scratch}`);

/** Plants one part into a shot. @returns where it lies */
async function plant(name, to, random) {
  const photo = (await readPhoto(join(folder, 'images', `${name}.jpg`))).pixels;
  const { width, height } = photo;
  const mask = new Uint8Array(
    await sharp(join(folder, 'masks', `${name}.png`))
      .greyscale()
      .raw()
      .toBuffer(),
  ).map((value) => (value ? 1 : 0));
  const labels = await readLabels(join(folder, 'labels', `${name}.txt`), width, height);
  const truth = { mask, labels, homography: null, golden: { polygon: maskHull(mask, width, height) } };
  const counts = { plants: 1, decoys: 0, removals: 0, changes: 0, sizes: SIZES };
  const { photo: edited, edits } = editPhoto(photo, truth, parts, counts, random);
  if (edits.length === 0)
    throw new Error(`${name}: expected room for a part, found none; try another --seed`);
  await sharp(Buffer.from(edited.data), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toFile(to);
  return edits[0].box;
}

/** What the list says of the odd boards, and of the others. */
function tell(board, report, odd, input) {
  const order = byUrgency(report.photos);
  const { counts } = report;
  console.log(
    `${board}: ${counts.photos} photos: ${counts.differs} differ, ${counts.matches} match, ${counts['not-judged']} not judged, ${counts.failed} failed`,
  );
  let falseCalls = 0;
  let called = 0;
  for (const row of order) {
    const box = odd.get(Number(/_(\d+)\.jpg$/.exec(row.path.slice(input.length))?.[1]));
    const hits = box
      ? row.findings.filter((finding) => finding.box && intersectionArea(finding.box, box) > 0)
      : [];
    falseCalls += row.findings.length - hits.length;
    if (!box && row.findings.length > 0) called++;
    if (box)
      console.log(
        `  ${row.path.slice(input.length + 1)}, one part planted: ${hits.length > 0 ? `found at ${hits[0].score.toFixed(2)}, place ${order.indexOf(row) + 1} of the list` : `not found (${row.status})`}`,
      );
  }
  console.log(`  false calls: ${falseCalls}, on ${called} of the ${counts.photos - odd.size} other photos`);
}
