import { byId } from '../../browser/dom.js';

/** Pixels of crops that stay decoded; what was seen longest ago goes first. A pixel takes four bytes. */
const MOST_PIXELS = 24e6;

/**
 * Pictures that are decoded, or will be: `get` gives null meanwhile, and listeners hear when that changes.
 * `prepare` has pictures decoded that may be wanted next. `lacking` counts what `get` could not give since `begin`.
 * @typedef {{ get(id: string): ImageBitmap | null, prepare(id: string | null): void, begin(): void,
 *  readonly lacking: number, subscribe(listener: () => void): void }} Bitmaps
 */

/**
 * Decodes the page's pictures when they are first wanted.
 * @param {import('./types.js').PageData} data
 * @returns {Bitmaps}
 */
export function createBitmaps({ golden, photos }) {
  /** By id, in the order of their last use. @type {Map<string, ImageBitmap | null>} */
  const known = new Map();
  /** Pictures of the whole stay. */
  const kept = new Set([golden?.id, ...photos.map(({ picture }) => picture.id)]);
  let pixels = 0;
  let lacking = 0;
  /** @type {(() => void)[]} */
  const listeners = [];

  /** @param {string} id */
  async function load(id) {
    known.set(id, null);
    const image = new Image();
    image.src = byId(id, SVGImageElement).getAttribute('href') ?? '';
    await image.decode();
    const bitmap = await createImageBitmap(image);
    known.set(id, bitmap);
    if (!kept.has(id)) pixels += bitmap.width * bitmap.height;
    for (const [old, unused] of known) {
      if (pixels <= MOST_PIXELS) break;
      if (!unused || kept.has(old) || old === id) continue;
      pixels -= unused.width * unused.height;
      unused.close();
      known.delete(old);
    }
    for (const listener of listeners) listener();
  }

  return {
    get(id) {
      const bitmap = known.get(id);
      if (bitmap === undefined) load(id);
      else if (bitmap) {
        known.delete(id);
        known.set(id, bitmap);
      }
      if (!bitmap) lacking++;
      return bitmap ?? null;
    },
    prepare(id) {
      if (id !== null && !known.has(id)) load(id);
    },
    begin() {
      lacking = 0;
    },
    get lacking() {
      return lacking;
    },
    subscribe: (listener) => listeners.push(listener),
  };
}
