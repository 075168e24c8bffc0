import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { contractSchema } from '../../src/detect/contract.js';
import { builtInModel, checkModel, loadDetector, releaseModels } from '../../src/detect/index.js';

describe.skipIf(!existsSync(builtInModel()))('the detector that comes with the program', () => {
  test('passes every check', async () => {
    expect((await checkModel()).filter(({ ok }) => !ok)).toEqual([]);
  });

  test('states its training data, quality and golden vectors', async () => {
    const { contract } = await loadDetector();
    expect(contract.trainingData!.length).toBeGreaterThan(0);
    expect(Object.keys(contract.quality!).length).toBeGreaterThan(0);
    expect(contract.golden!.expect[0]).toHaveLength(5 + contract.classes.length);
  });

  test('is loaded anew after its memory was given back', async () => {
    const picture = { data: new Uint8Array(3 * 64 * 64), width: 64, height: 64, channels: 3 } as const;
    const before = await loadDetector();
    await releaseModels();
    await expect(before.detect(picture)).rejects.toThrow();
    const after = await loadDetector();
    expect(await after.detect(picture)).toMatchObject({ count: 0 });
  });

  test('its contract holds nothing that the schema does not know', async () => {
    const text = await readFile(builtInModel().replace(/onnx$/, 'json'), 'utf8');
    expect(contractSchema.safeParse(JSON.parse(text)).error).toBeUndefined();
  });
});
