// A reference folder of which one file is damaged.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { createReference } from '../../dist/createReference.js';
import { builtInModel, loadModels } from '../../dist/detect/index.js';
import { inspectionSchema } from '../../dist/document/index.js';
import { inspectPixels } from '../../dist/inspect.js';
import { checkReference } from '../../dist/layout/check.js';
import { EXPORTERS } from '../../dist/layout/exporters/index.js';
import { readReferenceFolder } from '../../dist/layout/index.js';
import { openReference } from '../../dist/learn.js';
import { openLayout } from '../../dist/openLayout.js';
import { readPhoto } from '../../dist/photo/index.js';
import { registerPhoto, startOpenCv } from '../../dist/register/index.js';
import { renderJson, renderTable } from '../../dist/report/index.js';
import { renderLayoutPage, renderLayoutSvg } from '../../dist/report/layout/index.js';
import { mutateBytes, mutateJson } from './mutate.mjs';

export async function referenceSeeds(folder) {
  const golden = join(folder, 'golden.jpg');
  await sharp('samples/golden/golden-1.jpg').resize(400).jpeg().toFile(golden);
  const shot = join(folder, 'shot.jpg');
  await sharp('samples/incoming/implant.jpg').resize(400).jpeg().toFile(shot);
  await startOpenCv();
  const models = await loadModels(undefined, { threads: 1 });
  const home = join(folder, 'seed-reference');
  await createReference([golden, shot], home, models);
  const files = {};
  for (const name of await readdir(home)) files[name] = await readFile(join(home, name));
  const { pixels } = await readPhoto(shot);
  return { files, models, pixels };
}

export async function reference({ files, models, pixels }, random, folder, said) {
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
    const opened = await openReference(home, models.detector);
    const result = await inspectPixels(pixels, opened, models);
    said.terminal(renderTable(result, { color: true, width: 80 }));
    const json = renderJson(result);
    said.terminal(json);
    inspectionSchema.parse(JSON.parse(json));
  }
}

/** Runs what may refuse. */
async function userErrorOr(work) {
  try {
    await work();
  } catch (error) {
    if (error?.name !== 'UserError') throw error;
  }
}
