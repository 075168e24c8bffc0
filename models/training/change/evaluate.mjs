// The change model alone behind the product's registration, on bench/plants.mjs: real shot pairs of two boards that
// no training has seen, parts planted by the project's own planter. From the project root, after `npm run build`:
//   node models/training/change/evaluate.mjs --data ../shared/data [-o DIR] [--pairs N] [--only change,difference]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { ADAPTERS, baseline } from '../../../bench/adapters.mjs';

const models = join(import.meta.dirname, '../..');
const file = process.env.CHANGE_MODEL ?? join(models, 'change.onnx');
const { input } = JSON.parse(readFileSync(join(models, 'change.json'), 'utf8'));
const session = await ort.InferenceSession.create(file, { intraOpNumThreads: 2 });
const STRIDE = 4;

function starts(length) {
  if (length <= input.tile) return [0];
  const steps = Math.ceil((length - input.overlap) / (input.tile - input.overlap));
  return Array.from({ length: steps }, (_, k) => Math.round(((k * (length - input.tile)) / (steps - 1)) / STRIDE) * STRIDE);
}

function tensor({ data, width, height }, x0, y0, size) {
  const plane = size * size;
  const values = new Float32Array(3 * plane);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      // Past the picture's edge its last row and column go on.
      const at = 3 * (Math.min(height - 1, y0 + y) * width + Math.min(width - 1, x0 + x));
      for (let c = 0; c < 3; c++) values[c * plane + y * size + x] = data[at + c] / 255;
    }
  return new ort.Tensor('float32', values, [1, 3, size, size]);
}

/** Added and removed logits of the whole picture; where tiles overlap, the one whose edge is farther away counts. */
async function logits(photo, reference) {
  const columns = Math.ceil(reference.width / STRIDE);
  const rows = Math.ceil(reference.height / STRIDE);
  const maps = [new Float32Array(columns * rows).fill(-20), new Float32Array(columns * rows).fill(-20)];
  const depth = new Float32Array(columns * rows).fill(-1);
  const cells = input.tile / STRIDE;
  for (const y0 of starts(reference.height))
    for (const x0 of starts(reference.width)) {
      const feeds = { reference: tensor(reference, x0, y0, input.tile), photo: tensor(photo, x0, y0, input.tile) };
      const { data } = (await session.run(feeds)).change;
      for (let y = 0; y < cells; y++)
        for (let x = 0; x < cells; x++) {
          const row = y0 / STRIDE + y;
          const column = x0 / STRIDE + x;
          if (row >= rows || column >= columns) continue;
          const inside = Math.min(x, y, cells - 1 - x, cells - 1 - y);
          const k = row * columns + column;
          if (inside <= depth[k]) continue;
          depth[k] = inside;
          for (const side of [0, 1]) maps[side][k] = data[side * cells * cells + y * cells + x];
        }
    }
  return { maps, columns, rows };
}

/** A summit that stands less than this above the saddle to a higher one is part of it (logits). */
const PROMINENCE = 1;

/** Summits of the stronger of both maps on the board, each with the box of the cells that lead up to it. */
async function change(photo, reference, mask) {
  const { maps, columns, rows } = await logits(photo, reference);
  const value = maps[0].map((v, k) => {
    const x = Math.min(reference.width - 1, (k % columns) * STRIDE + 2);
    const y = Math.min(reference.height - 1, Math.floor(k / columns) * STRIDE + 2);
    return mask[y * reference.width + x] ? Math.max(v, maps[1][k]) : -20;
  });
  // From the highest cell down: a cell joins the highest summit beside it, and low summits it links are joined too.
  const order = [...value.keys()].filter((k) => value[k] > -6).sort((a, b) => value[b] - value[a]);
  const label = new Int32Array(value.length).fill(-1);
  const parent = [];
  const peak = [];
  const root = (n) => (parent[n] === n ? n : root(parent[n]));
  for (const k of order) {
    const [x, y] = [k % columns, Math.floor(k / columns)];
    const beside = new Set();
    for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++)
      for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++)
        if (label[ny * columns + nx] >= 0) beside.add(root(label[ny * columns + nx]));
    if (beside.size === 0) {
      label[k] = parent.length;
      parent.push(label[k]);
      peak.push(value[k]);
      continue;
    }
    const [highest, ...others] = [...beside].sort((a, b) => peak[b] - peak[a]);
    label[k] = highest;
    for (const other of others) if (peak[other] - value[k] < PROMINENCE) parent[other] = highest;
  }
  const boxes = new Map();
  for (const k of order) {
    const summit = root(label[k]);
    if (value[k] < peak[summit] - 2) continue;
    const [x, y] = [k % columns, Math.floor(k / columns)];
    const box = boxes.get(summit) ?? [x, y, x, y];
    boxes.set(summit, [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)]);
  }
  return [...boxes].map(([summit, [x0, y0, x1, y1]]) => ({
    box: { x: x0 * STRIDE, y: y0 * STRIDE, width: (x1 - x0 + 1) * STRIDE, height: (y1 - y0 + 1) * STRIDE },
    score: 1 / (1 + Math.exp(-peak[summit])),
  }));
}

/** bench's own baselines answer at once, a session does not: the same adapter with an await. */
function asynchronous(name, threshold) {
  const results = new Map();
  let capture;
  const inner = baseline(
    name,
    (picture, golden, mask) => {
      capture = { picture, golden, mask };
      return results.get('now') ?? [];
    },
    threshold,
  );
  return {
    ...inner,
    async run(photo) {
      results.delete('now');
      capture = undefined;
      const first = await inner.run(photo);
      if (!capture) return first;
      results.set('now', await change(capture.picture, capture.golden, capture.mask));
      return inner.run(photo);
    },
  };
}

ADAPTERS.change = () => asynchronous('change model', 0.5);
if (!process.argv.includes('--only')) process.argv.push('--only', 'change');
await import('../../../bench/plants.mjs');
