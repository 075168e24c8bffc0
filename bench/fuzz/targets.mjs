// What is fuzzed: how an input of each kind is damaged, and what is then done with it, as the commands would.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { loadDetector } from '../../dist/detect/index.js';
import { importLayout } from '../../dist/layout/importers/index.js';
import { toSite } from '../../dist/layout/index.js';
import { measureQuality, readPhoto } from '../../dist/photo/index.js';
import { frameWithoutPhoto } from '../../dist/placeLayout.js';
import { LAYOUTS } from './layouts.mjs';
import { mutateBytes, mutateJson, mutateText } from './mutate.mjs';
import { reference, referenceSeeds } from './references.mjs';
import { inspection, journal, resultSeeds } from './results.mjs';

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
  const names = ['yolox', 'yolox-raw', 'yolov8', 'yolov8-transposed', 'detr', 'rtdetr', 'nan'];
  return Promise.all(
    names.map(async (name) => ({
      onnx: await readFile(`test/fixtures/models/${name}.onnx`),
      json: await readFile(`test/fixtures/models/${name}.json`, 'utf8'),
    })),
  );
}

async function model(seeds, random, folder) {
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
