// What is fuzzed: how an input of each kind is damaged, and what is then done with it, as the commands would.
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { readBatchReport, writeLists } from '../../dist/batchResults.js';
import { builtInModel } from '../../dist/detect/builtInModel.js';
import { loadDetector } from '../../dist/detect/index.js';
import { inspectionSchema } from '../../dist/document/index.js';
import { checkReference } from '../../dist/layout/check.js';
import { EXPORTERS } from '../../dist/layout/exporters/index.js';
import { importLayout } from '../../dist/layout/importers/index.js';
import { readReferenceFolder, toSite } from '../../dist/layout/index.js';
import { openReference } from '../../dist/learn.js';
import { openLayout } from '../../dist/openLayout.js';
import { measureQuality, readPhoto } from '../../dist/photo/index.js';
import { frameWithoutPhoto } from '../../dist/placeLayout.js';
import { registerPhoto } from '../../dist/register/index.js';
import { BATCH_FORMATS, renderSummary } from '../../dist/report/batch/index.js';
import { renderHtml, renderJson, renderTable } from '../../dist/report/index.js';
import { renderLayoutPage, renderLayoutSvg } from '../../dist/report/layout/index.js';
import { rerender } from '../../dist/rerender.js';
import { LAYOUTS } from './layouts.mjs';
import { mutateBytes, mutateJson, mutateText } from './mutate.mjs';

/**
 * A kind of input. `prepare` makes its seeds once; `run` damages one and uses it.
 * `run` gets a source of random numbers, a folder to write into and `said`, which notes text that a user would see:
 * said.terminal and said.html.
 */
export const TARGETS = {
  photo: { prepare: photoSeeds, run: photo },
  model: { prepare: modelSeeds, run: model },
  reference: { prepare: referenceSeeds, run: reference },
  ...Object.fromEntries(Object.entries(LAYOUTS).map(([kind, seeds]) => [kind, layoutTarget(seeds)])),
  journal: { prepare: resultSeeds, run: journal },
  inspection: { prepare: resultSeeds, run: inspection },
};

async function photoSeeds() {
  const small = sharp('samples/incoming/implant.jpg').resize(96, 72);
  const made = {
    jpg: small
      .clone()
      .withMetadata({ orientation: 6, exif: { IFD0: { ImageDescription: '<script>canary</script>' } } })
      .jpeg(),
    progressive: small.clone().jpeg({ progressive: true }),
    png: small.clone().png(),
    palette: small.clone().png({ palette: true }),
    webp: small.clone().webp(),
    lossless: small.clone().webp({ lossless: true }),
    tif: small.clone().tiff({ compression: 'lzw' }),
    tiled: small.clone().tiff({ compression: 'deflate', tile: true, tileWidth: 32, tileHeight: 32 }),
    avif: small.clone().avif({ effort: 0 }),
    gif: small.clone().gif(),
  };
  return Promise.all(Object.values(made).map((pipeline) => pipeline.toBuffer()));
}

async function photo(seeds, random, folder) {
  const path = join(folder, 'in', 'photo.jpg');
  await writeFile(path, mutateBytes(random.pick(seeds), random, random.pick(seeds)));
  const { pixels } = await readPhoto(path, { maxPixels: 4_000_000 });
  if (pixels.data.length !== pixels.width * pixels.height * 3) throw new Error('pixels of the wrong size');
  measureQuality(pixels);
}

async function modelSeeds() {
  const { readFile } = await import('node:fs/promises');
  const names = ['yolox', 'yolox-raw', 'yolov8', 'yolov8-transposed', 'detr', 'rtdetr', 'nan'];
  return Promise.all(
    names.map(async (name) => ({
      onnx: await readFile(`test/fixtures/models/${name}.onnx`),
      json: await readFile(`test/fixtures/models/${name}.json`, 'utf8'),
    })),
  );
}

async function model(seeds, random, folder) {
  const { createHash } = await import('node:crypto');
  const seed = random.pick(seeds);
  const half = random.next() < 0.5;
  const onnx = half ? mutateBytes(seed.onnx, random, random.pick(seeds).onnx) : seed.onnx;
  let json = half
    ? seed.json
    : random.next() < 0.8
      ? mutateJson(seed.json, random)
      : mutateText(seed.json, random).toString();
  // With the right hash, so that more than the hash is tried.
  const hash = createHash('sha256').update(onnx).digest('hex');
  if (random.next() < 0.95) json = json.replace(/"sha256": ?"[0-9a-f]{64}"/, `"sha256":"${hash}"`);
  const name = JSON.parse(seed.json).file;
  await writeFile(join(folder, 'in', name), onnx);
  await writeFile(join(folder, 'in', name.replace('.onnx', '.json')), json);
  const detector = await loadDetector(join(folder, 'in', name), { threads: 1 });
  const data = new Uint8Array(100 * 90 * 3).map((_, k) => (k * 37) & 255);
  await detector.detect({ data, width: 100, height: 90, channels: 3 });
}

async function referenceSeeds(folder) {
  const golden = join(folder, 'golden.jpg');
  await sharp('samples/golden/golden-1.jpg').resize(400).jpeg().toFile(golden);
  const shot = join(folder, 'shot.jpg');
  await sharp('samples/incoming/implant.jpg').resize(400).jpeg().toFile(shot);
  const { createReference } = await import('../../dist/createReference.js');
  const { loadModels } = await import('../../dist/detect/index.js');
  const { startOpenCv } = await import('../../dist/register/index.js');
  await startOpenCv();
  const models = await loadModels(undefined, { threads: 1 });
  const home = join(folder, 'seed-reference');
  await createReference([golden, shot], home, models);
  const { readdir, readFile } = await import('node:fs/promises');
  const files = {};
  for (const name of await readdir(home)) files[name] = await readFile(join(home, name));
  const { pixels } = await readPhoto(shot);
  return { files, models, pixels };
}

async function reference({ files, models, pixels }, random, folder, said) {
  const home = join(folder, 'in', 'reference');
  await rm(home, { recursive: true, force: true });
  await mkdir(home);
  const names = Object.keys(files);
  const victim = random.next() < 0.5 ? 'reference.json' : random.pick(names);
  for (const name of names) {
    let bytes = files[name];
    if (name === victim) {
      if (name.endsWith('.json') && random.next() < 0.8) bytes = mutateJson(bytes.toString(), random);
      else bytes = mutateBytes(bytes, random);
    }
    await writeFile(join(home, name), bytes);
  }
  for (const { message, where } of await checkReference(home, builtInModel()))
    said.table(`${where}${message}`);
  const { description } = await readReferenceFolder(home);
  for (const name of Object.keys(EXPORTERS)) {
    await userErrorOr(() => EXPORTERS[name](description));
  }
  const view = await openLayout(home);
  said.html(await renderLayoutPage(view));
  said.html(await renderLayoutSvg(view));
  // The whole of it is slow: now and then, and always where the file is one that only this reads.
  if (random.next() < 0.1 || ['features.bin', 'parts.json', 'variation.bin'].includes(victim)) {
    const opened = await openReference(home, models.detector);
    await registerPhoto(pixels, opened.registration);
  }
  if (random.next() < 0.02) {
    const { inspectPixels } = await import('../../dist/inspect.js');
    const opened = await openReference(home, models.detector);
    const result = await inspectPixels(pixels, opened, models);
    said.terminal(renderTable(result, { color: true, width: 80 }));
    inspectionSchema.parse(JSON.parse(renderJson(result)));
  }
}

function layoutTarget(seeds) {
  return {
    prepare: async () => seeds,
    run: async (_, random, _folder, said) => {
      const { text, json } = random.pick(seeds);
      const bytes = Buffer.from(
        json && random.next() < 0.7 ? mutateJson(json, random) : mutateText(text ?? json, random),
      );
      const layout = importLayout({ name: 'board\x1b[31m.txt', bytes });
      said.table(layout.remarks.join(' '));
      const { placed } = frameWithoutPhoto(layout, null);
      for (const site of layout.sites) {
        const { box } = toSite(site, placed.mapping);
        if (![box.x, box.y, box.width, box.height].every(Number.isFinite))
          throw new Error(`box of ${site.id} is not finite`);
      }
    },
  };
}

const HASH = 'a'.repeat(64);

async function resultSeeds(folder) {
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
  const { readFile } = await import('node:fs/promises');
  said.html(await readFile(join(output, 'index.html'), 'utf8'));
  for (const [name, render] of Object.entries(BATCH_FORMATS)) {
    const text = render(report);
    if (['json', 'sarif', 'coco'].includes(name)) JSON.parse(text);
    if (name === 'markdown') said.table(text.replaceAll('\n', ' '));
    if (name === 'junit') said.xml(text);
  }
  said.terminal(renderSummary(report, { color: true, width: 80 }));
  await rerender(output, reference);
}

async function journal({ document, lines, photo }, random, folder, said) {
  const one = join(folder, 'out', 'photos', 'one');
  await mkdir(one, { recursive: true });
  await writeFile(join(one, 'inspection.json'), document);
  const damaged = lines.map((line) => (random.next() < 0.5 ? mutateJson(line, random) : line));
  let text = `${damaged.join('\n')}\n`;
  if (random.next() < 0.5) text = mutateText(text, random);
  await writeFile(join(folder, 'out', 'journal.jsonl'), text);
  await useResults(folder, said, photo);
}

async function inspection({ document, lines, pixels, photo }, random, folder, said) {
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

/** Runs what may refuse. */
async function userErrorOr(work) {
  try {
    await work();
  } catch (error) {
    if (error?.name !== 'UserError') throw error;
  }
}
