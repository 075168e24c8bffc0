import { type AimSettings, listReferences, readRules } from './choose/index.js';
import { isReferenceFolder } from './isReferenceFolder.js';
import { readDescription, type Site } from './layout/index.js';
import { openLatest } from './openLatest.js';
import { type Raster, readPhoto } from './photo/index.js';
import { sha256OfFile } from './sha256.js';

/** Golden photos that are held at once. */
const KEPT = 2;

/** A golden photo, and where the sites lie: null for a lone photo, in which they would have to be looked for again. */
export interface Golden {
  pixels: Raster;
  sites: readonly Site[] | null;
}

/**
 * Finds the golden photos that a scan compared with.
 * @param settings as the scan had them
 * @returns gives that of a photo's reference; null where it is gone or has changed
 */
export function goldenOf({
  reference,
  references,
  rules,
}: AimSettings): (photo: string, sha256: string) => Promise<Golden | null> {
  const fitting = rules === undefined ? null : readRules(rules).catch(() => null);
  const many = references === undefined ? null : listReferences(references).catch(() => []);
  const keep = openLatest<Golden | null>(KEPT);
  return async (photo, sha256) => {
    try {
      const path =
        (await fitting)?.match(photo)?.reference ??
        reference ??
        (await many)?.find((source) => source.sha256 === sha256)?.path;
      return path === undefined ? null : await keep(`${path} ${sha256}`, () => readGolden(path, sha256));
    } catch {
      return null;
    }
  };
}

async function readGolden(path: string, expected: string): Promise<Golden | null> {
  if (!(await isReferenceFolder(path))) {
    return (await sha256OfFile(path)) === expected
      ? { pixels: (await readPhoto(path)).pixels, sites: null }
      : null;
  }
  const { sha256, goldenPaths, description } = await readDescription(path);
  if (sha256 !== expected || !goldenPaths[0]) return null;
  return { pixels: (await readPhoto(goldenPaths[0])).pixels, sites: description.sites };
}
