// Several photos of one board: false calls and found parts with one, two and three of them, each registered on its own and
// taken together. Shot 1 of each board in eval/same-board is the golden photo; the others go together in threes, as they
// are, and with the same places planted in each of the three.
//   npm run eval:several -- [--data ../shared/data] [--groups 6] [--plants 6] [--seed 1]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { areaScaleAt, insidePolygon, invert, mapPoint } from '../dist/geometry/index.js';
import { learnPixels, loadModels, readPhoto } from '../dist/index.js';
import { inspectBoard } from '../dist/inspect.js';
import { throughJpeg } from '../dist/photo/index.js';
import { registerPhoto } from '../dist/register/index.js';
import { createRandom, plantParts } from '../dist/selftest/index.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    groups: { type: 'string', default: '6' },
    plants: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
  },
});
const models = await loadModels();
const tallies = new Map(
  [1, 2, 3].map((count) => [count, { boards: 0, calls: 0, matches: 0, judged: 0, plants: 0, found: 0 }]),
);
/** The best single photo of each three. */
const best = { calls: 0, found: 0, boards: 0 };
const asPhoto = (pixels) => ({ path: '', sha256: '0'.repeat(64), pixels });

for (const board of ['arduino_mega', 'uln2003']) {
  const file = (shot) => join(values.data, 'eval/same-board/images', `${board}_${shot}.jpg`);
  const reference = await learnPixels((await readPhoto(file(1))).pixels, models.detector);
  const random = createRandom(100 * Number(values.seed) + board.length);
  for (let group = 0; group < Number(values.groups) / 2; group++) {
    const places = choosePlaces(reference, random);
    const shots = [];
    for (let k = 0; k < 3; k++) {
      const { pixels } = await readPhoto(file(2 + 3 * group + k));
      const { status, homography } = await registerPhoto(pixels, reference.registration);
      if (status !== 'ok') continue;
      const back = invert(homography);
      const spots = places.map(({ at, longSidePx }) => ({
        center: mapPoint(back, at),
        longSidePx: longSidePx * Math.sqrt(Math.abs(areaScaleAt(back, at))),
        at,
      }));
      const planted = plantParts(pixels, 0, spots, createRandom(1000 + group));
      shots.push({
        clean: await throughJpeg(pixels),
        edited: await throughJpeg(planted.photo),
        plants: planted.plants.map(({ spot }) => spot.at),
      });
    }
    if (shots.length < 3) continue;
    // A part that could be made visible in all of them.
    const everywhere = places.filter(({ at }) => shots.every(({ plants }) => plants.includes(at)));
    const single = [];
    for (const count of [1, 2, 3]) {
      for (const chosen of count === 1
        ? [[0], [1], [2]]
        : count === 2
          ? [
              [0, 1],
              [1, 2],
            ]
          : [[0, 1, 2]]) {
        const clean = await inspectBoard(
          chosen.map((k) => asPhoto(shots[k].clean)),
          reference,
          models,
        );
        const edited = await inspectBoard(
          chosen.map((k) => asPhoto(shots[k].edited)),
          reference,
          models,
        );
        const found = everywhere.filter(({ at: [x, y] }) =>
          edited.findings.some(
            ({ referenceBox: b }) =>
              x > b.x - 4 && x < b.x + b.width + 4 && y > b.y - 4 && y < b.y + b.height + 4,
          ),
        ).length;
        const tally = tallies.get(count);
        tally.boards++;
        tally.calls += clean.findings.length;
        tally.matches += clean.verdict === 'matches' ? 1 : 0;
        tally.judged += clean.coverage.judgedFraction;
        tally.plants += everywhere.length;
        tally.found += found;
        if (count === 1) single.push({ calls: clean.findings.length, found });
      }
    }
    // The best of three is the one that finds most, and of those the one that calls least.
    single.sort((a, b) => b.found - a.found || a.calls - b.calls);
    best.boards++;
    best.calls += single[0].calls;
    best.found += single[0].found;
    console.error(`${board} shots ${2 + 3 * group} to ${4 + 3 * group}: ${everywhere.length} parts`);
  }
}

function choosePlaces({ outline, width, height }, random) {
  const places = [];
  for (let tries = 0; places.length < Number(values.plants) && tries < 500; tries++) {
    const at = [random.range(0.05, 0.95) * width, random.range(0.05, 0.95) * height];
    const apart = places.every((other) => Math.hypot(other.at[0] - at[0], other.at[1] - at[1]) > 80);
    if (apart && insidePolygon(outline, at)) places.push({ at, longSidePx: random.range(14, 40) });
  }
  return places;
}

console.log('| photos | boards | false calls a board | judged | planted parts found |');
console.log('| --- | --- | --- | --- | --- |');
for (const [count, { boards, calls, judged, plants, found }] of tallies) {
  console.log(
    `| ${count} | ${boards} | ${(calls / boards).toFixed(2)} | ${((100 * judged) / boards).toFixed(0)} % | ${found} of ${plants} |`,
  );
}
console.log(
  `| best single one of three | ${best.boards} | ${(best.calls / best.boards).toFixed(2)} | | ${best.found} of ${tallies.get(3).plants} |`,
);
