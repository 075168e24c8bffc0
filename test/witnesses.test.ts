import { expect, it } from 'vitest';
import type { ChangeModel } from '../src/detect/index.js';
import type { Reference } from '../src/learn.js';
import type { Raster } from '../src/photo/index.js';
import { askWitnesses } from '../src/witnesses.js';

const SIDE = 64;
/** A picture of one grey level, by which the model below knows it. */
const picture = (level: number): Raster => ({
  data: new Uint8Array(3 * SIDE * SIDE).fill(level),
  width: SIDE,
  height: SIDE,
  channels: 3,
});

/** Shows as many logits everywhere as the good board's grey level is above 100. */
const model = {
  compare: async ({ data }: Raster) => {
    const cells = (SIDE / 4) ** 2;
    const added = new Float32Array(cells).fill(data[0]! - 100);
    return { columns: SIDE / 4, rows: SIDE / 4, cell: 4, added, removed: new Float32Array(cells).fill(-9) };
  },
} as unknown as ChangeModel;

/** What becomes of a difference of 4 logits to the first good board. @param others logits to each of the other ones */
async function asked(others: readonly number[], vote: 'any' | 'most', relief: readonly number[] = []) {
  const witnesses = others.map((logits) => ({ load: async () => picture(100 + logits) }));
  const reference = { golden: picture(100), witnesses } as unknown as Reference;
  const region = { box: { x: 24, y: 24, width: 12, height: 12 }, added: 4, removed: -9, peak: 4 };
  const [after] = await askWitnesses([region], 1, () => picture(90), reference, model, { vote, relief });
  return after!.peak;
}

it('keeps a difference to all good boards, raised by what chance is lower by', async () => {
  expect(await asked([4, 4], 'any')).toBe(4);
  expect(await asked([4, 4], 'any', [0, 1, 1.5])).toBe(5.5);
});

it('lets the good board that looks like the photo weigh as much as all of them together', async () => {
  // The least is -8, the mean 0.
  expect(await asked([4, -8], 'any')).toBe(-4);
  // One that is merely a little lower does not take a real difference with it.
  expect(await asked([4, 1], 'any')).toBe(2);
});

it('counts what most of the boards of a batch show', async () => {
  expect(await asked([4, -8], 'most')).toBe(4);
  expect(await asked([-8, -8], 'most')).toBe(-8);
});

it('leaves everything as it is where there is no other board', async () => {
  expect(await asked([], 'any', [0, 1])).toBe(4);
});
