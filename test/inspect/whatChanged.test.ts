import { expect, it } from 'vitest';
import type { ChangeModel } from '../../src/detect/index.js';
import type { Reference } from '../../src/learn.js';
import type { Raster } from '../../src/photo/index.js';
import { type SameView, whatChanged } from '../../src/sameView.js';

const WIDTH = 7;
const HEIGHT = 4;
const plain = (value: number): Raster => ({
  data: new Uint8Array(3 * WIDTH * HEIGHT).fill(value),
  width: WIDTH,
  height: HEIGHT,
  channels: 3,
});
/** The middle of the frame, in a mask of half its height and of another width. */
const where: Raster = { data: Uint8Array.of(0, 1, 0, 0, 1, 1), width: 3, height: 2, channels: 1 };

/** Red of the photo that a model is shown, row by row. */
async function shown(photo: Raster, fails = false): Promise<number[][]> {
  let rows: number[][] = [];
  const model = {
    compare: async (_: Raster, { data }: Raster) => {
      rows = Array.from({ length: HEIGHT }, (_, y) =>
        Array.from({ length: WIDTH }, (_, x) => data[3 * (y * WIDTH + x)]!),
      );
      if (fails) throw new Error('broken');
    },
  } as unknown as ChangeModel;
  await whatChanged({ photo, where } as SameView, { golden: plain(9) } as Reference, model).catch(() => {});
  return rows;
}

it('shows the golden photo where there is nothing to compare, by the nearest pixel of the mask', async () => {
  const upper = [9, 9, 5, 5, 5, 9, 9]; // 7 · 1/3 = 2.3 and 7 · 2/3 = 4.7: pixels 2 to 4
  const lower = [9, 9, 5, 5, 5, 5, 5];
  expect(await shown(plain(5))).toEqual([upper, upper, lower, lower]);
});

it('leaves the photo as it was, also when the model fails', async () => {
  for (const fails of [false, true]) {
    const photo = plain(5);
    await shown(photo, fails);
    expect(photo).toEqual(plain(5));
  }
});
