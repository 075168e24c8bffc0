import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type KeptParts,
  REFERENCE_VERSION,
  type ReferenceFile,
  readReferenceFolder,
  replaceDescription,
  writeReferenceFolder,
} from '../../src/layout/index.js';

const description: ReferenceFile = {
  schemaVersion: REFERENCE_VERSION,
  name: 'board',
  tool: { name: 'boardiff', version: '0.0.0' },
  frame: { width: 200, height: 100, mmPerPixel: null },
  source: { kind: 'photos', file: null, side: null, lacks: [] },
  variation: null,
  variants: [],
  regions: [],
  golden: [{ file: 'golden-1.jpg', sha256: 'a'.repeat(64), originalName: 'board.jpg' }],
  outline: {
    polygon: [
      [0, 0],
      [199, 0],
      [199, 99],
    ],
    found: true,
  },
  sites: [
    { id: 'R1', label: 'resistor', expected: 'fitted', box: { x: 1, y: 2, width: 3, height: 4 }, score: 0.5 },
  ],
};
const parts: KeptParts = { modelSha256: 'b'.repeat(64), parts: [[1, 2, 3, 4, 0.5, 0, 0.25]] };
const golden = Buffer.from('a photo');

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'boardiff-')), 'reference');
});

function write(replace = false, name = description.name): Promise<void> {
  return writeReferenceFolder(
    folder,
    { description: { ...description, name }, golden: [golden], features: [], parts },
    replace,
  );
}

function rewrite(change: (file: ReferenceFile) => object): void {
  const path = join(folder, 'reference.json');
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
}

describe('reference folder', () => {
  it('gives back what was written', async () => {
    await write();
    const read = await readReferenceFolder(folder);
    expect(read).toMatchObject({
      description,
      parts,
      features: {},
      goldenPaths: [join(folder, 'golden-1.jpg')],
    });
    expect(readFileSync(read.goldenPaths[0]!)).toEqual(golden);
  });

  it('leaves damaged and missing caches out', async () => {
    await write();
    writeFileSync(join(folder, 'parts.json'), '{"modelSha256": 1}');
    rmSync(join(folder, 'features.bin'), { force: true });
    expect(await readReferenceFolder(folder)).toMatchObject({ parts: null, features: {} });
  });

  it('replaces a reference only when told to, and keeps the old one until then', async () => {
    await write();
    await expect(write(false, 'other')).rejects.toThrow('a reference is there already');
    expect((await readReferenceFolder(folder)).description.name).toBe('board');
    await write(true, 'other');
    expect((await readReferenceFolder(folder)).description.name).toBe('other');
  });

  it('never replaces a folder that holds something else', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'holiday.jpg'), '');
    await expect(write(true)).rejects.toThrow('got one with other files in it');
    expect(existsSync(join(folder, 'holiday.jpg'))).toBe(true);
  });

  it('names the field that is wrong', async () => {
    await write();
    rewrite((file) => ({ ...file, frame: { ...file.frame, width: -5 } }));
    await expect(readReferenceFolder(folder)).rejects.toThrow(/reference\.json: at frame\.width/);
  });

  it('lets no golden photo lie outside the folder', async () => {
    await write();
    rewrite((file) => ({ ...file, golden: [{ ...file.golden[0], file: '../golden-1.jpg' }] }));
    await expect(readReferenceFolder(folder)).rejects.toThrow(/golden\.0\.file/);
  });

  it('says that a newer boardiff wrote it', async () => {
    await write();
    rewrite((file) => ({ ...file, schemaVersion: REFERENCE_VERSION + 1 }));
    await expect(readReferenceFolder(folder)).rejects.toMatchObject({
      hint: expect.stringContaining('newer'),
    });
  });

  it('reads version 1', async () => {
    await write();
    rewrite(({ source: _, variation: __, variants: ___, regions: ____, ...file }) => ({
      ...file,
      schemaVersion: 1,
      created: '2026-01-02T03:04:05.000Z',
    }));
    expect((await readReferenceFolder(folder)).description).toEqual(description);
  });

  it('writes one site a line, and the same bytes whatever the order of the keys', async () => {
    await write();
    const text = readFileSync(join(folder, 'reference.json'), 'utf8');
    expect(text).toContain(
      '\n    { "id": "R1", "label": "resistor", "expected": "fitted", "box": { "x": 1, "y": 2, "width": 3, "height": 4 }, "score": 0.5 }\n',
    );
    const { sites, ...rest } = description;
    await replaceDescription(folder, { sites, ...rest });
    expect(readFileSync(join(folder, 'reference.json'), 'utf8')).toBe(text);
  });

  it('keeps what it held before a change', async () => {
    await write();
    await replaceDescription(folder, { ...description, name: 'corrected' });
    expect((await readReferenceFolder(folder)).description.name).toBe('corrected');
    expect(JSON.parse(readFileSync(join(folder, 'reference.previous.json'), 'utf8')).name).toBe('board');
  });

  it('takes no change that is no reference', async () => {
    await write();
    const twice = { ...description, sites: [description.sites[0], description.sites[0]] };
    await expect(replaceDescription(folder, twice)).rejects.toThrow('expected unique ids, got "R1" twice');
    const unnamed = { ...description, sites: [{ ...description.sites[0], variants: { lite: 'empty' } }] };
    await expect(replaceDescription(folder, unnamed)).rejects.toThrow(
      'expected names of "variants", got "lite"',
    );
    expect((await readReferenceFolder(folder)).description).toEqual(description);
  });

  it('says when what good boards vary in was altered', async () => {
    const variation = Buffer.from('abc');
    const hash = createHash('sha256').update(variation).digest('hex');
    await writeReferenceFolder(
      folder,
      {
        description: { ...description, variation: { file: 'variation.bin', sha256: hash } },
        golden: [golden],
        variation,
        features: [],
        parts: null,
      },
      false,
    );
    expect((await readReferenceFolder(folder)).variation).toEqual(variation);
    writeFileSync(join(folder, 'variation.bin'), 'abd');
    await expect(readReferenceFolder(folder)).rejects.toThrow('variation.bin: expected SHA-256');
  });

  it('says that a folder is no reference', async () => {
    await expect(readReferenceFolder(folder)).rejects.toThrow('expected a reference folder');
  });
});
