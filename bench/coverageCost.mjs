// What saying what could not be judged costs: CPU time of that measurement as a share of a whole inspection, both in one
// process, in turns, so that other work on the machine meets both alike.
//   npm run bench:coverage -- [--photo samples/incoming/clean.jpg] [--reference samples/golden/golden-1.jpg] [--enlarge 1] [--runs 3]
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { measureVisibility } from '../dist/compare/index.js';
import { compose, fillMapped } from '../dist/geometry/index.js';
import { learnPixels, loadModels, readPhoto } from '../dist/index.js';
import { inspectPixels } from '../dist/inspect.js';
import { shrinkTo } from '../dist/photo/index.js';
import { photoFrame, registerPhoto, resizing, TRACK_SIDE } from '../dist/register/index.js';
import { sameView } from '../dist/sameView.js';
import { visibleMap } from '../dist/visiblePart.js';

const { values } = parseArgs({
  options: {
    photo: { type: 'string', default: 'samples/incoming/clean.jpg' },
    reference: { type: 'string', default: 'samples/golden/golden-1.jpg' },
    enlarge: { type: 'string', default: '1' },
    runs: { type: 'string', default: '3' },
  },
});
const models = await loadModels();
const enlarge = Number(values.enlarge);
const [golden, photo] = [await open(values.reference), await open(values.photo)];
const reference = await learnPixels(golden, models.detector);
const registered = await registerPhoto(photo, reference.registration);
if (registered.status !== 'ok') throw new Error(registered.reason);
const { homography } = registered;
const view = await sameView(photo, homography, reference);
const surface = await shrinkTo(reference.golden, TRACK_SIDE);
const laid = await shrinkTo(view.photo, TRACK_SIDE);
const onto = compose(resizing(reference.golden, surface), homography);
const inFrame = fillMapped(photoFrame(photo), onto, surface.width, surface.height);

const shares = [];
for (let run = 0; run <= Number(values.runs); run++) {
  const whole = await cpuOf(() => inspectPixels(photo, reference, models));
  const coverage = await cpuOf(() => {
    measureVisibility(surface, laid, view.board, inFrame);
    visibleMap(homography, view);
  });
  // The first run warms up.
  if (run === 0) continue;
  shares.push(coverage / whole);
  console.log(
    `inspection ${whole.toFixed(2)} s of CPU, coverage ${coverage.toFixed(2)} s of it: ${percent(coverage / whole)} of all, ${percent(coverage / (whole - coverage))} added`,
  );
}
shares.sort((a, b) => a - b);
console.log(
  `median of all: ${percent(shares[Math.floor(shares.length / 2)])} (${photo.width} x ${photo.height})`,
);

async function open(file) {
  const { pixels } = await readPhoto(file);
  if (enlarge === 1) return pixels;
  const { width, height } = pixels;
  const { data, info } = await sharp(pixels.data, { raw: { width, height, channels: 3 } })
    .resize(Math.round(enlarge * width), Math.round(enlarge * height))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 };
}

async function cpuOf(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
