// A folder of results of which the journal or an inspection is damaged.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { readBatchReport, writeLists } from '../../dist/batchResults.js';
import { inspectionSchema } from '../../dist/document/index.js';
import { readPhoto } from '../../dist/photo/index.js';
import { BATCH_FORMATS, renderSummary } from '../../dist/report/batch/index.js';
import { renderHtml, renderTable } from '../../dist/report/index.js';
import { rerender } from '../../dist/rerender.js';
import { mutateJson, mutateText } from './mutate.mjs';

const HASH = 'a'.repeat(64);

export async function resultSeeds(folder) {
  const document = {
    schemaVersion: 1,
    tool: { name: 'boardiff', version: '0.1.0' },
    notice: 'A notice.',
    photo: {
      path: '/in/photo.jpg',
      sha256: HASH,
      width: 96,
      height: 72,
      quality: { sharpness: 0.5, clippedFraction: 0, darkFraction: 0 },
    },
    reference: {
      name: 'board',
      sha256: HASH,
      width: 96,
      height: 72,
      mmPerPixel: 0.1,
      variant: null,
      goodBoards: 1,
      lacks: ['outline'],
    },
    models: [{ task: 'detect', name: 'm', version: '1', sha256: HASH }],
    registration: {
      status: 'ok',
      reason: null,
      inliers: 100,
      residualPx: 0.5,
      homography: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    },
    verdict: 'differs',
    findings: [
      {
        id: 'F1',
        kind: 'unexpected-part',
        score: 0.9,
        label: 'ic',
        site: null,
        box: { x: 5, y: 6, width: 20, height: 10 },
        referenceBox: { x: 5, y: 6, width: 20, height: 10 },
        explanation: 'Here is a part.',
      },
      {
        id: 'F2',
        kind: 'missing-part',
        score: 0.8,
        label: null,
        site: 'R1',
        box: null,
        referenceBox: { x: 1, y: 2, width: 3, height: 4 },
        explanation: 'It is gone.',
      },
    ],
    rules: [{ id: 'G1', rule: 'ignore', note: 'a note' }],
    sites: [{ id: 'R1', label: 'resistor', expected: 'fitted', verdict: 'differs', reason: 'It is gone.' }],
    coverage: {
      judgedFraction: 0.9,
      sharedDetail: 0.5,
      smallestVisiblePartPx: 20,
      smallestVisiblePartMm: 2,
      notJudged: [{ reason: 'glare', box: { x: 1, y: 1, width: 5, height: 5 } }],
    },
    timings: { decode: 5 },
  };
  const photo = join(folder, 'photo.png');
  await sharp({ create: { width: 96, height: 72, channels: 3, background: '#285' } })
    .png()
    .toFile(photo);
  const { pixels, sha256 } = await readPhoto(photo);
  document.photo.sha256 = sha256;
  const entry = (path, key, folder, status) => ({
    version: 1,
    key,
    path,
    file: path,
    sha256,
    status,
    reason: status === 'failed' ? `${path}: broken` : null,
    hint: null,
    again: false,
    folder,
    ms: 5,
    at: '2026-01-01T00:00:00.000Z',
  });
  const lines = [
    entry(photo, 'k1', 'photos/one', 'differs'),
    entry('/elsewhere/two.jpg', 'k2', null, 'failed'),
    entry('/elsewhere/<b>\x1b[31m.jpg', 'k1', 'photos/one', 'differs'),
  ];
  return {
    document: JSON.stringify(document),
    lines: lines.map((line) => JSON.stringify(line)),
    pixels,
    photo,
  };
}

async function useResults(folder, said, reference) {
  const output = join(folder, 'out');
  const report = await readBatchReport(output);
  await writeLists(output, report);
  said.html(await readFile(join(output, 'index.html'), 'utf8'));
  for (const [name, render] of Object.entries(BATCH_FORMATS)) {
    const text = render(report);
    if (['json', 'jsonl', 'sarif', 'coco'].includes(name)) said.terminal(text);
    if (['json', 'sarif', 'coco'].includes(name)) JSON.parse(text);
    if (name === 'markdown') said.table(text.replaceAll('\n', ' '));
    if (name === 'junit') said.xml(text);
  }
  said.terminal(renderSummary(report, { color: true, width: 80 }));
  await rerender(output, reference);
}

export async function journal({ document, lines, photo }, random, folder, said) {
  const one = join(folder, 'out', 'photos', 'one');
  await mkdir(one, { recursive: true });
  await writeFile(join(one, 'inspection.json'), document);
  const damaged = lines.map((line) => (random.next() < 0.5 ? mutateJson(line, random) : line));
  let text = `${damaged.join('\n')}\n`;
  if (random.next() < 0.5) text = mutateText(text, random);
  await writeFile(join(folder, 'out', 'journal.jsonl'), text);
  await useResults(folder, said, photo);
}

export async function inspection({ document, lines, pixels, photo }, random, folder, said) {
  const one = join(folder, 'out', 'photos', 'one');
  await mkdir(one, { recursive: true });
  await writeFile(join(folder, 'out', 'journal.jsonl'), `${lines.join('\n')}\n`);
  const text = random.next() < 0.8 ? mutateJson(document, random) : mutateText(document, random).toString();
  await writeFile(join(one, 'inspection.json'), text);
  await copyFile(photo, join(folder, 'in', 'photo.png'));
  await useResults(folder, said, photo);
  let value;
  try {
    value = inspectionSchema.parse(JSON.parse(text));
  } catch {
    return;
  }
  said.terminal(renderTable(value, { color: true, width: 60 }));
  said.html(await renderHtml(value, { photo: pixels, golden: pixels }));
}
