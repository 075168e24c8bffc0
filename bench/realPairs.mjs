import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLabels } from './edits.mjs';

/** So many of each set at most, evenly from all of them. */
const MOST = 24;

/**
 * Pairs of real shots of one board among the training photos, which no evaluation uses.
 * @param list file that models/training/change/pair_index.py writes
 * @param data folder of photos
 * @returns {{ set, golden, photo, labels }[]} labels(raster of the photo): boxes of fitted parts in it
 */
export function readRealPairs(list, data) {
  const pairs = JSON.parse(readFileSync(list, 'utf8'));
  return ['rgoomer', 'oleg'].flatMap((set) => {
    const own = pairs.filter((pair) => pair.set === set);
    const step = Math.max(1, Math.floor(own.length / MOST));
    return own
      .filter((_, k) => k % step === 0)
      .map(({ a, b }) => {
        const photo = join(data, 'train', b);
        const file = photo.replace(/\/images\/([^/]*)\.\w+$/, '/labels/$1.txt');
        return {
          set,
          golden: join(data, 'train', a),
          photo,
          labels: ({ width, height }) => readLabels(file, width, height),
        };
      });
  });
}
