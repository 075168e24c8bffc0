// Inspects one photo with so many threads of the runtime: THREADS PHOTO REFERENCE. Prints the document and, since its
// numbers are rounded, a hash of all that both models say.
import { loadModels } from '../../dist/detect/index.js';
import { inspect } from '../../dist/inspect.js';
import { openReference } from '../../dist/learn.js';
import { readPhoto } from '../../dist/photo/index.js';
import { sha256 } from '../../dist/sha256.js';

const [threads, path, reference] = process.argv.slice(2);
const models = await loadModels(undefined, { threads: Number(threads) });
let said = '';
const note = (...lists) => {
  for (const { buffer, byteOffset, byteLength } of lists) {
    said = sha256(said + sha256(new Uint8Array(buffer, byteOffset, byteLength)));
  }
};
const { detector, change } = models;
const noted = {
  detector: {
    ...detector,
    async detect(...args) {
      const parts = await detector.detect(...args);
      note(parts.boxes, parts.scores, parts.classScores);
      return parts;
    },
  },
  change: {
    ...change,
    async compare(...args) {
      const map = await change.compare(...args);
      note(map.added, map.removed);
      return map;
    },
  },
};
const opened = await openReference(reference, noted.detector);
const { timings, ...document } = await inspect(await readPhoto(path), opened, noted);
if (Object.keys(timings).length === 0) throw new Error('expected timings');
process.stdout.write(JSON.stringify({ document, said }));
