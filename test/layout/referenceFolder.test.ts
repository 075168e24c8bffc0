import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type KeptParts,
  type ReferenceFile,
  readReferenceFolder,
  writeReferenceFolder,
} from '../../src/layout/index.js';

const description: ReferenceFile = {
  schemaVersion: 1,
  name: 'board',
  created: '2026-01-02T03:04:05.000Z',
  tool: { name: 'boardiff', version: '0.0.0' },
  frame: { width: 200, height: 100, mmPerPixel: null },
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
    rmSync(join(folder, 'features.bin'));
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
    rewrite((file) => ({ ...file, schemaVersion: 2 }));
    await expect(readReferenceFolder(folder)).rejects.toMatchObject({
      hint: expect.stringContaining('newer'),
    });
  });

  it('says that a folder is no reference', async () => {
    await expect(readReferenceFolder(folder)).rejects.toThrow('expected a reference folder');
  });
});
