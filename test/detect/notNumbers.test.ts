import { expect, it } from 'vitest';
import { loadChangeModel } from '../../src/detect/index.js';
import type { Raster } from '../../src/photo/index.js';

const plain = (value: number): Raster => ({
  data: new Uint8Array(64 * 64 * 3).fill(value),
  width: 64,
  height: 64,
  channels: 3,
});
const everywhere: Raster = { data: Uint8Array.of(1), width: 1, height: 1, channels: 1 };

it.each([
  ['change-nan', 'NaN'],
  ['change-infinite', 'Infinity'],
])('%s: numbers that are none fail the inspection instead of passing for no change', async (name, got) => {
  const model = await loadChangeModel(`test/fixtures/models/${name}.onnx`);
  const map = await model.compare(plain(100), plain(100), everywhere, 1);
  expect(map.added.every(Number.isFinite)).toBe(true);
  await expect(model.compare(plain(100), plain(255), everywhere, 1)).rejects.toThrow(
    `model fixture-${name}: expected finite numbers, got ${got}`,
  );
});
