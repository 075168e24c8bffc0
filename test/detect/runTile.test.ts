import { expect, test } from 'vitest';
import { CheckList } from '../../src/detect/checkList.js';
import { checkTensors } from '../../src/detect/checkTensors.js';
import { detectParts } from '../../src/detect/detectParts.js';
import type { Runtime } from '../../src/detect/runtime.js';
import { UserError } from '../../src/errors.js';
import { drawn, fakeContract, fakeRuntime } from './fakes.js';

const photo = drawn(64, 64, []);
const giving = (...rows: number[][]) =>
  fakeRuntime(() => ({ data: Float32Array.from(rows.flat()), dims: [1, rows.length, 7] }));
const good = [20, 20, 10, 10, 0.9, 0.5, 0.5];

test.each([
  ['a NaN part score', [20, 20, 10, 10, Number.NaN, 0.5, 0.5]],
  ['a NaN class score', [20, 20, 10, 10, 0.9, 0.5, Number.NaN]],
  ['a NaN box', [Number.NaN, 20, 10, 10, 0.9, 0.5, 0.5]],
  ['an infinite box', [20, 20, Infinity, 10, 0.9, 0.5, 0.5]],
])('%s is an error: left out, a broken model would pass for an empty board', async (_, row) => {
  const run = detectParts(photo, fakeContract(), giving(good, row));
  await expect(run).rejects.toThrow(UserError);
  await expect(run).rejects.toThrow('expected finite numbers, got 1 boxes with NaN or infinite values');
});

test('boxes are cut to the photo; those outside it or without area go', async () => {
  const runtime = giving(
    [60, 60, 20, 20, 0.9, 0.5, 0.5],
    [200, 200, 10, 10, 0.9, 0.5, 0.5],
    [10, 10, 0, 5, 0.9, 0.5, 0.5],
    [10, 10, 5, -5, 0.9, 0.5, 0.5],
  );
  expect([...(await detectParts(photo, fakeContract(), runtime)).boxes]).toEqual([50, 50, 14, 14]);
});

test('no boxes at all', async () => {
  expect((await detectParts(photo, fakeContract(), giving())).count).toBe(0);
});

test('infinite logits are certain scores', async () => {
  const runtime = giving([20, 20, 10, 10, Infinity, 5, -Infinity], [40, 40, 10, 10, -Infinity, 5, 5]);
  const detections = await detectParts(photo, fakeContract({}, { activation: 'sigmoid' }), runtime);
  expect([...detections.scores]).toEqual([1]);
});

test('what a model declares: half precision and further inputs', () => {
  const declared = (change: Partial<Runtime>) => {
    const list = new CheckList();
    expect(checkTensors(fakeContract(), { ...giving(), ...change }, list)).toBe(false);
    return list.checks.find(({ ok }) => !ok);
  };
  expect(declared({ inputs: [{ name: 'images', type: 'float16', dims: [1, 3, 64, 64] }] })).toMatchObject({
    detail: 'expected "images", float32, got "images", float16 [1, 3, 64, 64]',
  });
  expect(
    declared({
      inputs: [
        { name: 'images', type: 'float32', dims: [1, 3, null, null] },
        { name: 'orig_target_sizes', type: 'int64', dims: [1, 2] },
      ],
    }),
  ).toMatchObject({ detail: 'expected one input, "images", got "images", "orig_target_sizes"' });
  expect(declared({ outputs: [{ name: 'detections', type: 'float16', dims: [1, 3, 7] }] })).toMatchObject({
    name: 'output',
    expected: '"detections", float32',
  });
});
