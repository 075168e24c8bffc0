// Learns a reference of about 1,000 sites from 50 photos of good boards and says what that cost: time, CPU, memory, and
// whether photo 50 costs what photo 2 did. The board is drawn from samples/parts, each photo seen from elsewhere in
// another light; the same seed makes the same photos.  npm run bench:learn -- [--photos 50] [--keep DIR]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { warp } from '../dist/register/index.js';
import { createRandom } from '../dist/selftest/random.js';

const { values } = parseArgs({
  options: { photos: { type: 'string', default: '50' }, keep: { type: 'string' } },
});
const PHOTOS = Number(values.photos);
const WIDTH = 2400;
const HEIGHT = 1800;
const MARGIN = 60;
const COLUMNS = 44;
const ROWS = 27;
const PX_PER_MM = 20;
/** Parts that a cell of the grid has room for, the commoner ones named more often. */
const PARTS = [
  ...['r0603-103', 'r0805-472', 'r0805-472', 'c0603', 'c0805', 'c0805', 'c0805', 'led-0805', 'd-sod-323'],
  ...['crystal-2520', 'sot-323', 'sot-563', 'dfn-6', 'vson-8-1.5x2', 'l-0603'],
];
const random = createRandom(20_26);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'boardiff-learn-'));
mkdirSync(folder, { recursive: true });

const board = await drawBoard();
const paths = [];
for (let k = 0; k < PHOTOS; k++) paths.push(await takePhoto(k));
console.log(`${cpus()[0].model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}`);
console.log(
  `${PHOTOS} photos of ${WIDTH} × ${HEIGHT}, ${COLUMNS * ROWS} parts on the board; load before: ${loadavg()[0].toFixed(1)}`,
);
report(await learn());
if (!values.keep) rmSync(folder, { recursive: true });

/** A board of COLUMNS × ROWS parts with traces, holes and lettering between them, RGB. */
async function drawBoard() {
  const [right, bottom] = [WIDTH - MARGIN, HEIGHT - MARGIN];
  const step = [(right - MARGIN - 40) / COLUMNS, (bottom - MARGIN - 40) / ROWS];
  const shapes = [];
  for (let k = 0; k < 900; k++) {
    const [x, y] = [random.range(MARGIN + 20, right - 120), random.range(MARGIN + 20, bottom - 120)];
    const [across, down] = [random.range(-90, 90), random.range(-90, 90)];
    shapes.push(
      `<path d="M${x} ${y} l${across} 0 l${down} ${down}" stroke="#2c7a4d" fill="none" stroke-width="${random.range(2, 6)}"/>`,
    );
    if (k % 2 === 0)
      shapes.push(
        `<circle cx="${x}" cy="${y}" r="4.5" fill="#b9a04c"/><circle cx="${x}" cy="${y}" r="2" fill="#222"/>`,
      );
  }
  const overlays = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const x = MARGIN + 20 + (column + 0.5) * step[0];
      const y = MARGIN + 20 + (row + 0.5) * step[1];
      shapes.push(
        `<text x="${x - 24}" y="${y + 28}" font-size="9" font-family="sans-serif" fill="#dfe8e0">P${row * COLUMNS + column}</text>`,
      );
      overlays.push({ name: random.pick(PARTS), quarter: random.integer(0, 3), x, y });
    }
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="${WIDTH}" height="${HEIGHT}" fill="#b8b2a6"/><rect x="${MARGIN}" y="${MARGIN}" width="${right - MARGIN}" height="${bottom - MARGIN}" rx="30" fill="#1c5b3a"/>${shapes.join('')}</svg>`;
  const known = new Map(
    JSON.parse(readFileSync('samples/parts/parts.json', 'utf8')).map((part) => [part.file, part]),
  );
  const drawn = new Map();
  const composites = [];
  for (const { name, quarter, x, y } of overlays) {
    const key = `${name} ${quarter}`;
    if (!drawn.has(key)) {
      const path = join('samples/parts', `${name}.png`);
      const { width } = await sharp(path).metadata();
      const wide = Math.round((width * PX_PER_MM) / known.get(`${name}.png`).pxPerMm);
      const small = await sharp(path).resize(wide).png().toBuffer();
      const { data, info } = await sharp(small)
        .rotate(90 * quarter)
        .png()
        .toBuffer({ resolveWithObject: true });
      drawn.set(key, { input: data, width: info.width, height: info.height });
    }
    const { input, width, height } = drawn.get(key);
    composites.push({ input, left: Math.round(x - width / 2), top: Math.round(y - height / 2) });
  }
  const { data } = await sharp(Buffer.from(svg))
    .composite(composites)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: WIDTH, height: HEIGHT, channels: 3 };
}

/** Photo `k` of the board: the first from straight above in even light. */
async function takePhoto(k) {
  const path = join(folder, `good-${String(k + 1).padStart(2, '0')}.jpg`);
  const tilt = k === 0 ? 0 : 1;
  const angle = (tilt * random.range(-4, 4) * Math.PI) / 180;
  const scale = 1 - tilt * random.range(0, 0.04);
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const [cx, cy] = [WIDTH / 2, HEIGHT / 2];
  const perspective = [1, 2].map(() => tilt * random.range(-6e-6, 6e-6));
  // Around the middle: turned, smaller, tilted.
  const middle = [
    cos,
    -sin,
    tilt * random.range(-8, 8),
    sin,
    cos,
    tilt * random.range(-8, 8),
    ...perspective,
    1,
  ];
  const homography = product([1, 0, cx, 0, 1, cy, 0, 0, 1], product(middle, [1, 0, -cx, 0, 1, -cy, 0, 0, 1]));
  const { data } = tilt ? await warp(board, homography, WIDTH, HEIGHT) : { data: board.data };
  const gain = [0, 1, 2].map(() => 1 + tilt * random.range(-0.12, 0.12));
  const slope = [0, 1].map(() => tilt * random.range(-0.12, 0.12));
  const seen = new Uint8Array(data.length);
  for (let y = 0, p = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const light = 1 + slope[0] * (x / WIDTH - 0.5) + slope[1] * (y / HEIGHT - 0.5);
      for (let c = 0; c < 3; c++, p++) {
        const noise = 3 * (random.next() + random.next() - 1);
        // Black is where the drawing ends; a camera sees table there.
        const value = data[p] === 0 ? 170 : data[p];
        seen[p] = Math.max(0, Math.min(255, value * light * gain[c] + noise));
      }
    }
  }
  await sharp(seen, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 92 })
    .toFile(path);
  return path;
}

function product(a, b) {
  return Array.from({ length: 9 }, (_, k) => {
    const [row, column] = [Math.floor(k / 3) * 3, k % 3];
    return a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6];
  });
}

/** What `boardiff reference create` does, in a process of its own that tells of every photo. */
async function learn() {
  const probe = `
    const { loadModels } = await import(process.cwd() + '/dist/detect/index.js');
    const { createReference } = await import(process.cwd() + '/dist/createReference.js');
    const tell = (what) => {
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
      console.log(JSON.stringify({ ...what, ms: performance.now(), cpuMs: (userCPUTime + systemCPUTime) / 1000, rssMiB: process.memoryUsage().rss / 2 ** 20, peakMiB: maxRSS / 1024 }));
    };
    tell({ stage: 'start' });
    const made = await createReference(${JSON.stringify(paths)}, ${JSON.stringify(join(folder, 'reference'))}, await loadModels(), {
      force: true, onGolden: (path, leftOut) => tell({ stage: 'photo', leftOut: leftOut && leftOut.reason }),
    });
    tell({ stage: 'end', sites: made.sites.length });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', probe], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(JSON.parse(line));
    if (process.stderr.isTTY) process.stderr.write(`\r${lines.length - 1} of ${PHOTOS}`);
  }
  return lines;
}

function report(lines) {
  const photos = lines.filter(({ stage }) => stage === 'photo');
  const end = lines.at(-1);
  if (end?.stage !== 'end') throw new Error('expected a reference, but learning it failed: see above');
  const left = photos.filter(({ leftOut }) => leftOut);
  console.log(`sites: ${end.sites}; left out: ${left.length}${left[0] ? ` (${left[0].leftOut})` : ''}`);
  console.log(`time: ${seconds(end.ms)} s, CPU ${seconds(end.cpuMs)} s (user and system)`);
  console.log(`memory: peak ${end.peakMiB.toFixed(0)} MiB`);
  // The first photo is the frame, which costs something else.
  const costs = photos.slice(1).map((photo, k) => ({
    ms: photo.ms - photos[k].ms,
    cpuMs: photo.cpuMs - photos[k].cpuMs,
    rssMiB: photo.rssMiB,
  }));
  const many = Math.min(10, Math.floor(costs.length / 2));
  for (const [name, some] of [
    [`first ${many}`, costs.slice(0, many)],
    [`last ${many}`, costs.slice(-many)],
  ]) {
    const mean = (key) => some.reduce((sum, one) => sum + one[key], 0) / some.length;
    console.log(
      `${name}: ${seconds(mean('ms'))} s a photo, CPU ${seconds(mean('cpuMs'))} s, ${mean('rssMiB').toFixed(0)} MiB in use`,
    );
  }
  const last = photos.at(-1);
  console.log(
    `after the last photo: ${seconds(end.ms - last.ms)} s, CPU ${seconds(end.cpuMs - last.cpuMs)} s`,
  );
}

function seconds(ms) {
  return (ms / 1000).toFixed(1);
}
