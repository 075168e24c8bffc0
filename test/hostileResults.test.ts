import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { readJournal } from '../src/batch/index.js';
import { readBatchReport } from '../src/batchResults.js';
import { readPhoto } from '../src/photo/index.js';
import { rerender } from '../src/rerender.js';
import { fakeInspection } from './report/fakeInspection.js';

/** Folders of results that came from somebody else: `boardiff report` writes into them, and nowhere else. */

const photo = 'samples/incoming/implant.jpg';
let folder: string;
let output: string;
let victim: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boardiff-hostile-'));
  output = join(folder, 'output');
  victim = join(folder, 'victim');
  mkdirSync(join(output, 'photos'), { recursive: true });
  mkdirSync(victim);
  const { sha256, pixels } = await readPhoto(photo);
  const { width, height } = pixels;
  const inspection = fakeInspection([]);
  inspection.photo = { ...inspection.photo, sha256, width, height };
  inspection.reference = { ...inspection.reference, sha256 };
  writeFileSync(join(victim, 'inspection.json'), JSON.stringify(inspection));
});

function line(place: string, more: object = {}): string {
  const entry = {
    version: 1,
    key: 'k',
    path: photo,
    file: join(process.cwd(), photo),
    sha256: null,
    status: 'differs',
    reason: null,
    hint: null,
    again: false,
    folder: place,
    ms: 1,
    at: '',
    ...more,
  };
  return `${JSON.stringify(entry)}\n`;
}

it('renders what lies where a scan puts it', async () => {
  mkdirSync(join(output, 'photos', 'one'));
  copyFileSync(join(victim, 'inspection.json'), join(output, 'photos', 'one', 'inspection.json'));
  writeFileSync(join(output, 'journal.jsonl'), line('photos/one'));
  expect(await rerender(output, { reference: photo })).toEqual({ made: 1, kept: 0 });
});

it.each(['../victim', 'photos/../../victim', 'photos/..', '/tmp', 'photos', 'photos\\..\\..\\victim', ''])(
  'takes a line that names the folder %j for damaged, and writes nothing there',
  async (place) => {
    writeFileSync(join(output, 'journal.jsonl'), line(place));
    expect(await readJournal(output)).toMatchObject({ entries: [], unreadable: 1 });
    expect(await rerender(output, { reference: photo })).toEqual({ made: 0, kept: 0 });
    expect(readdirSync(victim)).toEqual(['inspection.json']);
  },
);

it('follows no link out of the folder of results', async () => {
  symlinkSync(victim, join(output, 'photos', 'one'));
  writeFileSync(join(output, 'journal.jsonl'), line('photos/one'));
  const report = await readBatchReport(output);
  expect(report.photos[0]).toMatchObject({ status: 'failed', reason: 'its results were deleted or damaged' });
  expect(await rerender(output, { reference: photo })).toEqual({ made: 0, kept: 0 });
  expect(readdirSync(victim)).toEqual(['inspection.json']);
});

it('passes over a line that is too long, and goes on behind it', async () => {
  const long = line('photos/one', { hint: 'x'.repeat(2 ** 20) });
  writeFileSync(join(output, 'journal.jsonl'), `${long}${line('photos/two')}torn`);
  const { entries, unreadable } = await readJournal(output);
  expect(entries.map((entry) => entry.folder)).toEqual(['photos/two']);
  expect(unreadable).toBe(1);
});
