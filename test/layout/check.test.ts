import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkReference } from '../../src/layout/check.js';
import { type ReferenceFile, type Site, writeReferenceFolder } from '../../src/layout/index.js';
import { reference } from './exporters/reference.js';

const photo = Buffer.from('a photo');
const photoHash = createHash('sha256').update(photo).digest('hex');
const golden = [{ ...reference.golden[0]!, sha256: photoHash }];
const [r1] = reference.sites as [Site];

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'boardiff-')), 'reference');
});

async function write(change: Partial<ReferenceFile> = {}, modelSha256 = 'c'.repeat(64)): Promise<void> {
  const description = { ...reference, golden, ...change };
  const parts = {
    modelSha256,
    parts: [[1, 2, 3, 4, 0.5, 0, 0.25] as [number, number, number, number, number, number, number]],
  };
  const kept = description.golden.filter(({ file }) => file !== null).map(() => photo);
  await writeReferenceFolder(folder, { description, golden: kept, features: [], parts }, true);
}

describe('check of a reference folder', () => {
  it('is content with a good one', async () => {
    await write();
    expect(await checkReference(folder)).toEqual([]);
  });

  it('tells an altered and a missing golden photo', async () => {
    await write();
    writeFileSync(join(folder, 'golden-1.jpg'), 'another photo');
    expect(await checkReference(folder)).toMatchObject([
      { severity: 'error', where: 'golden-1.jpg', message: expect.stringContaining('was altered') },
    ]);
    rmSync(join(folder, 'golden-1.jpg'));
    expect(await checkReference(folder)).toMatchObject([
      { severity: 'error', where: 'golden-1.jpg', message: expect.stringContaining('is missing') },
    ]);
  });

  it('tells that there is no golden photo, or that the frame is not kept', async () => {
    await write({ golden: [] });
    expect(await checkReference(folder)).toMatchObject([
      { severity: 'warning', where: 'reference.json golden' },
    ]);
    await write({ golden: [{ ...golden[0]!, file: null }] });
    expect(await checkReference(folder)).toMatchObject([
      { severity: 'error', where: 'reference.json golden.0' },
    ]);
  });

  it('tells a variation file that is not the one named', async () => {
    await write({ variation: { file: 'variation.bin', sha256: 'd'.repeat(64) } });
    writeFileSync(join(folder, 'variation.bin'), 'abc');
    expect(await checkReference(folder)).toMatchObject([
      { severity: 'error', message: expect.stringContaining('variation.bin: expected SHA-256') },
    ]);
  });

  it('tells sites outside of frame and outline, and twins', async () => {
    const at = (id: string, x: number, y: number): Site => ({
      ...r1,
      id,
      box: { x, y, width: 10, height: 10 },
    });
    const polygon: [number, number][] = [
      [0, 0],
      [100, 0],
      [100, 99],
      [0, 99],
    ];
    await write({
      outline: { found: true, polygon },
      sites: [
        at('IN', 50, 50),
        at('TWIN', 51, 50),
        at('OUT', 300, 50),
        at('EDGE', 195, 50),
        at('OFF', 150, 50),
      ],
    });
    expect(await checkReference(folder)).toEqual([
      { severity: 'error', where: 'reference.json sites.OUT', message: 'the site lies outside of the frame' },
      {
        severity: 'warning',
        where: 'reference.json sites.EDGE',
        message: 'the site reaches out of the frame',
      },
      {
        severity: 'warning',
        where: 'reference.json sites.OFF',
        message: 'the site lies outside of the board’s outline',
      },
      {
        severity: 'warning',
        where: 'reference.json sites.TWIN',
        message: 'the site is in the same place as IN',
      },
    ]);
  });

  it('tells regions outside of the frame', async () => {
    const region = (id: string, x: number) => ({
      id,
      rule: 'ignore' as const,
      polygon: [
        [x, 10],
        [x + 20, 10],
        [x + 20, 20],
      ] as [number, number][],
    });
    await write({ regions: [region('in', 10), region('over', 190), region('out', 250)] });
    expect(await checkReference(folder)).toEqual([
      {
        severity: 'error',
        where: 'reference.json regions.out',
        message: 'the region lies outside of the frame',
      },
      {
        severity: 'warning',
        where: 'reference.json regions.over',
        message: 'the region reaches out of the frame',
      },
    ]);
  });

  it('tells caches that are damaged, of another picture or of another model', async () => {
    await write();
    writeFileSync(join(folder, 'features.bin'), 'nonsense');
    writeFileSync(join(folder, 'parts.json'), '{}');
    expect(await checkReference(folder)).toMatchObject([
      { severity: 'warning', where: 'features.bin', message: expect.stringContaining('damaged') },
      { severity: 'warning', where: 'parts.json', message: expect.stringContaining('damaged') },
    ]);
    rmSync(join(folder, 'features.bin'));
    writeFileSync(
      join(folder, 'parts.json'),
      JSON.stringify({ modelSha256: 'x', parts: [[500, 2, 3, 4, 0.5, 0, 0.25]] }),
    );
    expect(await checkReference(folder)).toMatchObject([
      { severity: 'warning', where: 'parts.json', message: expect.stringContaining('outside of the frame') },
    ]);
    const model = join(folder, '..', 'model.onnx');
    writeFileSync(model, 'a model');
    await write({}, createHash('sha256').update('a model').digest('hex'));
    expect(await checkReference(folder, model)).toEqual([]);
    writeFileSync(model, 'another model');
    expect(await checkReference(folder, model)).toMatchObject([
      { severity: 'warning', where: 'parts.json', message: expect.stringContaining('another detector') },
    ]);
  });

  it('tells files that do not belong, and not all of a thousand', async () => {
    await write();
    writeFileSync(join(folder, 'golden-2.jpg'), '');
    writeFileSync(join(folder, 'variation.bin'), '');
    for (let k = 100; k < 200; k++) writeFileSync(join(folder, `z${k}.txt`), '');
    const problems = await checkReference(folder);
    expect(problems).toHaveLength(22);
    expect(problems[0]).toMatchObject({
      where: 'golden-2.jpg',
      message: 'the description names no such golden photo',
    });
    expect(problems[1]).toMatchObject({ severity: 'warning', where: 'z100.txt' });
    expect(problems[20]!.message).toBe('81 more files do not belong into a reference folder');
    expect(problems[21]).toMatchObject({
      where: 'variation.bin',
      message: 'the description does not name it',
    });
  });

  it('tells what is wrong in a description, and refuses a folder that is none', async () => {
    await write();
    writeFileSync(join(folder, 'reference.json'), '{}');
    expect(await checkReference(folder)).toMatchObject([
      { severity: 'error', message: expect.stringContaining('reference.json: at') },
    ]);
    rmSync(join(folder, 'reference.json'));
    await expect(checkReference(folder)).rejects.toThrow('expected a reference folder');
  });

  it('takes twenty thousand sites on one place in seconds', async () => {
    const sites = Array.from({ length: 20_000 }, (_, k) => ({ ...r1, id: `R${k}` }));
    await write({ sites });
    const start = performance.now();
    expect(await checkReference(folder)).toHaveLength(19_999);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
