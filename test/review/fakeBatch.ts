import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Inspection } from '../../src/document/index.js';
import { renderHtml, renderJson } from '../../src/report/index.js';
import { fakeFinding, fakeInspection, texture } from '../report/fakeInspection.js';

/** One photo of a batch, and the folder of its results. */
export interface FakePhoto {
  path: string;
  findings: Finding[];
  /** Tells runs of the same photo apart. */
  run?: string;
  at?: string;
  more?: Partial<Inspection>;
}

/** A new output folder with a journal and the results of these photos, as a scan leaves it. */
export async function fakeBatch(photos: readonly FakePhoto[]): Promise<string> {
  const output = mkdtempSync(join(tmpdir(), 'boardiff-review-'));
  for (const photo of photos) await addPhoto(output, photo);
  return output;
}

/** Adds a photo's results to an output folder, with its line in the journal. */
export async function addPhoto(output: string, photo: FakePhoto): Promise<string> {
  const { path, findings, run = '1', at = '2026-11-02T08:00:00.000Z', more = {} } = photo;
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const sha256 = hash(path);
  const folder = folderOf(photo);
  const inspection = fakeInspection(findings, 640, 400, more);
  inspection.photo = { ...inspection.photo, path, sha256 };
  const pixels = texture(640, 400);
  mkdirSync(join(output, folder), { recursive: true });
  writeFileSync(join(output, folder, 'inspection.json'), renderJson(inspection));
  writeFileSync(
    join(output, folder, 'report.html'),
    await renderHtml(inspection, { photo: pixels, golden: pixels }),
  );
  writeFileSync(join(output, folder, 'thumbnail.jpg'), 'no picture');
  const entry = {
    version: 1,
    key: hash(`${path}${run}`),
    path,
    file: `/photos/${path}`,
    sha256,
    status: inspection.verdict,
    reason: null,
    hint: null,
    again: false,
    folder,
    ms: 5,
    at,
  };
  appendFileSync(join(output, 'journal.jsonl'), `${JSON.stringify(entry)}\n`);
  return folder;
}

/** Where the results of a photo lie. */
export function folderOf({ path, run = '1' }: FakePhoto): string {
  return `photos/${createHash('sha256').update(`${path}${run}`).digest('hex').slice(0, 16)}-${path.replace(/[^\p{L}\p{N}._-]/gu, '_')}`;
}

/** Two boards that differ, one that matches. */
export const PHOTOS: FakePhoto[] = [
  {
    path: 'lot-1/a.jpg',
    findings: [
      fakeFinding('F1', { x: 100, y: 50, width: 40, height: 30 }, { site: 'U3', score: 0.95 }),
      fakeFinding(
        'F2',
        { x: 300, y: 200, width: 24, height: 20 },
        { kind: 'unexplained-change', score: 0.6 },
      ),
    ],
  },
  {
    path: 'lot-2/b <b>.jpg',
    findings: [fakeFinding('F1', { x: 104, y: 52, width: 40, height: 30 }, { site: 'U3', score: 0.8 })],
    at: '2026-11-03T08:00:00.000Z',
  },
  { path: 'lot-2/c.jpg', findings: [], at: '2026-11-03T09:00:00.000Z' },
];
