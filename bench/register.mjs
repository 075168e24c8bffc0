// Registers every shot of eval/same-board onto the first shot of its board and prints a table.
// Right means: the board's masks overlap by IoU > 0.9 under the reported homography.
//   npm run eval:register -- [--data ../shared/data] [--all]   (--all: every shot as reference, and wrong boards)
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { readPhoto } from '../dist/photo/index.js';
import { prepareReference, registerPhoto, warp } from '../dist/register/index.js';

const { values } = parseArgs({
  options: { data: { type: 'string', default: '../shared/data' }, all: { type: 'boolean', default: false } },
});
const folder = join(values.data, 'eval/same-board');
if (!existsSync(folder)) {
  console.error(`${folder}: expected the evaluation photos, got nothing; name their folder with --data`);
  process.exit(2);
}
const boards = ['arduino_mega', 'uln2003'];
const shots = Array.from({ length: 20 }, (_, k) => k + 1);

async function readMask(board, shot) {
  const { data, info } = await sharp(join(folder, 'masks', `${board}_${shot}.png`))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  // Some masks are 0/1, some 0/255.
  for (let k = 0; k < data.length; k++) data[k] = data[k] ? 255 : 0;
  return { data, width: info.width, height: info.height, channels: 1 };
}

const whole = (p) => [
  [0, 0],
  [p.width - 1, 0],
  [p.width - 1, p.height - 1],
  [0, p.height - 1],
];

const photos = {};
const masks = {};
for (const board of boards) {
  for (const shot of shots) {
    photos[`${board}_${shot}`] = (await readPhoto(join(folder, 'images', `${board}_${shot}.jpg`))).pixels;
    masks[`${board}_${shot}`] = await readMask(board, shot);
  }
}

/** Overlap of the two masks, where both photos look, in the reference frame. */
async function maskIoU(homography, mask, referenceMask) {
  const { width, height } = referenceMask;
  const laid = await warp(mask, homography, width, height);
  const white = { ...mask, data: new Uint8Array(mask.data.length).fill(255) };
  const seen = await warp(white, homography, width, height);
  let both = 0;
  let either = 0;
  for (let k = 0; k < laid.data.length; k++) {
    if (seen.data[k] < 128) continue;
    const a = laid.data[k] > 127;
    const b = referenceMask.data[k] > 127;
    if (a && b) both++;
    if (a || b) either++;
  }
  return either ? both / either : 0;
}

for (const board of boards) {
  const references = values.all ? shots : [1];
  let right = 0;
  let wrong = 0;
  let refused = 0;
  for (const first of references) {
    const name = `${board}_${first}`;
    const reference = await prepareReference(photos[name], whole(photos[name]));
    for (const shot of shots) {
      if (shot === first) continue;
      const key = `${board}_${shot}`;
      const started = performance.now();
      const result = await registerPhoto(photos[key], reference);
      const took = performance.now() - started;
      let verdict = 'refused';
      let iou = null;
      if (result.status === 'ok') {
        iou = await maskIoU(result.homography, masks[key], masks[name]);
        verdict = iou > 0.9 ? 'right' : 'WRONG';
      }
      if (verdict === 'right') right++;
      else if (verdict === 'WRONG') wrong++;
      else refused++;
      if (!values.all || verdict !== 'right') {
        console.log(
          `${name} ← ${key.padEnd(16)} ${verdict.padEnd(8)} IoU ${iou?.toFixed(3) ?? '  -  '}  inliers ${String(result.inliers).padStart(4)}  residual ${result.residualPx?.toFixed(2) ?? '-'}  agreement ${result.agreement?.toFixed(2) ?? '-'}  ${took.toFixed(0)} ms  ${result.reason ?? ''}`,
        );
      }
    }
  }
  console.log(`${board}: ${right} right, ${wrong} silently wrong, ${refused} refused\n`);
}

let falselyRegistered = 0;
let tried = 0;
for (const [a, b] of [boards, [...boards].reverse()]) {
  const name = `${a}_1`;
  const reference = await prepareReference(photos[name], whole(photos[name]));
  for (const shot of shots) {
    tried++;
    const result = await registerPhoto(photos[`${b}_${shot}`], reference);
    if (result.status === 'ok') {
      falselyRegistered++;
      console.log(
        `${name} ← ${b}_${shot}: another board, yet registered (agreement ${result.agreement.toFixed(2)})`,
      );
    }
  }
}
console.log(`other board: ${tried - falselyRegistered} of ${tried} refused`);
