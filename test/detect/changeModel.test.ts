import { mkdtempSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  builtInModel,
  type ChangeModel,
  checkModel,
  loadChangeModel,
  loadDetector,
} from '../../src/detect/index.js';
import type { Raster } from '../../src/photo/index.js';
import { createRandom } from '../../src/selftest/index.js';

let model: ChangeModel;
beforeAll(async () => {
  model = await loadChangeModel();
});

/** A mask-green ground with light traces, and on it a dark chip with two bright ends at every place given. */
function board(width: number, height: number, chips: readonly (readonly [number, number])[]): Raster {
  const random = createRandom(1);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const trace = y % 24 < 3 ? 22 : 0;
      const grain = 2 * random.normal();
      data.set([30 + trace + grain, 90 + trace + grain, 50 + trace + grain], 3 * (y * width + x));
    }
  }
  for (const [left, top] of chips) {
    for (let y = top; y < top + 12; y++) {
      for (let x = left; x < left + 24; x++) {
        const end = x < left + 5 || x >= left + 19;
        data.set(end ? [200, 200, 195] : [35, 33, 36], 3 * (y * width + x));
      }
    }
  }
  return { data, width, height, channels: 3 };
}

const everywhere: Raster = { data: Uint8Array.of(1), width: 1, height: 1, channels: 1 };

/** The highest logit within 16 px of a chip. */
function near(
  values: Float32Array,
  columns: number,
  cell: number,
  [left, top]: readonly [number, number],
): number {
  let most = -Infinity;
  for (let k = 0; k < values.length; k++) {
    const x = ((k % columns) + 0.5) * cell;
    const y = (Math.floor(k / columns) + 0.5) * cell;
    if (x > left - 16 && x < left + 40 && y > top - 16 && y < top + 28) most = Math.max(most, values[k]!);
  }
  return most;
}

describe('the change model that comes with the program', () => {
  test('passes every check, and is small', async () => {
    expect((await checkModel(builtInModel('change'))).filter(({ ok }) => !ok)).toEqual([]);
    const bytes = await Promise.all([builtInModel(), builtInModel('change')].map((file) => readFile(file)));
    expect(bytes.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(12e6);
  });

  test('tells added from removed, also across the seams of tiles, and is quiet elsewhere', async () => {
    const kept = [
      [40, 40],
      [900, 300],
      [500, 500],
    ] as const;
    // 600 lies where two tiles of 640 overlap.
    const added = [600, 120] as const;
    const removed = [300, 420] as const;
    const reference = board(1024, 640, [...kept, removed]);
    const photo = board(1024, 640, [...kept, added]);
    const map = await model.compare(reference, photo, everywhere, 1);
    expect([map.columns, map.rows, map.cell]).toEqual([256, 160, 4]);
    const at = (values: Float32Array, place: readonly [number, number]) =>
      near(values, map.columns, map.cell, place);
    expect(at(map.added, added)).toBeGreaterThan(2);
    expect(at(map.added, added)).toBeGreaterThan(at(map.removed, added) + 2);
    expect(at(map.removed, removed)).toBeGreaterThan(2);
    expect(at(map.removed, removed)).toBeGreaterThan(at(map.added, removed) + 2);
    for (const place of kept) expect(Math.max(at(map.added, place), at(map.removed, place))).toBeLessThan(0);
  });

  test('gives the directions swapped for swapped pictures', async () => {
    const a = board(320, 256, [[100, 100]]);
    const b = board(320, 256, [[200, 60]]);
    const one = await model.compare(a, b, everywhere, 1);
    const other = await model.compare(b, a, everywhere, 1);
    const apart = one.added.reduce(
      (most, value, k) => Math.max(most, Math.abs(value - other.removed[k]!)),
      0,
    );
    expect(apart).toBeLessThan(1e-3);
  });

  test('says nothing where it is not asked', async () => {
    const reference = board(320, 256, []);
    const photo = board(320, 256, [[100, 100]]);
    const nowhere: Raster = { ...everywhere, data: Uint8Array.of(0) };
    const map = await model.compare(reference, photo, nowhere, 1);
    expect(Math.max(...map.added, ...map.removed)).toBe(-20);
  });
});

test('what is asked about in a part of the frame says the same as in all of it', async () => {
  const chips = [
    [1150, 620],
    [1400, 900],
  ] as const;
  const [reference, photo] = [board(1600, 1200, []), board(1600, 1200, chips)];
  const all = await model.compare(reference, photo, everywhere, 1);
  // The mask is a hundred times coarser than the frame: the lower right of it is asked about.
  const data = Uint8Array.from({ length: 16 * 12 }, (_, k) => (k % 16 >= 10 && k >= 16 * 5 ? 1 : 0));
  const part = await model.compare(reference, photo, { data, width: 16, height: 12, channels: 1 }, 1);
  for (let k = 0; k < part.added.length; k++) {
    const [x, y] = [4 * (k % 400) + 2, 4 * Math.floor(k / 400) + 2];
    if (x < 1000 || y < 500) expect(part.added[k]).toBe(-20);
    else expect(part.added[k]).toBeGreaterThan(-20);
  }
  for (const chip of chips) {
    const [whole, there] = [all, part].map(({ added }) => near(added, 400, 4, chip)) as [number, number];
    // Other tiles see other surroundings: nearly the same, never another answer.
    expect(there).toBeGreaterThan(2);
    expect(Math.abs(there - whole)).toBeLessThan(1.5);
  }
});

describe('a model in the wrong place', () => {
  test('is refused in one line', async () => {
    await expect(loadDetector(builtInModel('change'))).rejects.toThrow(
      'expected a part detector ("task": "detect"), got a change model',
    );
    await expect(loadChangeModel(builtInModel())).rejects.toThrow('expected a change model');
  });

  test('and so is a contract that names other inputs, or expects other numbers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'boardiff-'));
    const source = builtInModel('change');
    const file = join(folder, basename(source));
    await writeFile(file, await readFile(source));
    const contract = JSON.parse(await readFile(source.replace(/onnx$/, 'json'), 'utf8'));
    const failing = async (change: (copy: typeof contract) => void) => {
      const copy = structuredClone(contract);
      change(copy);
      await writeFile(file.replace(/onnx$/, 'json'), JSON.stringify(copy));
      return (await checkModel(file)).filter(({ ok }) => !ok).map(({ name }) => name);
    };
    expect(await failing(() => {})).toEqual([]);
    expect(await failing((copy) => (copy.input.names.photo = 'picture'))).toEqual(['input']);
    expect(await failing((copy) => (copy.output.stride = 8))).toEqual(['output shape']);
    expect(await failing((copy) => (copy.golden.expect.added[3] += 1))).toEqual(['golden vectors']);
  });
});
