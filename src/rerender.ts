import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { latest, readJournal } from './batch/index.js';
import { readInspection } from './batchResults.js';
import { writeAtomically } from './files.js';
import { readReferenceFolder, type Site } from './layout/index.js';
import { type Photo, type Raster, readPhoto } from './photo/index.js';
import { renderHtml, renderPicture, sitesInPage } from './report/index.js';

/** What came of rendering again. */
export interface Rerendered {
  /** Reports made anew from the saved inspection and the photo. */
  made: number;
  /** Reports left as they were, since their photo or golden photo is gone or has changed. */
  kept: number;
}

/**
 * Makes picture.jpg and report.html of all photos anew from the saved inspections; nothing is judged again. They need
 * pixels, so the photo and the golden photo must still be there.
 * @param referencePath reference folder or golden photo of the scan; null when it is not known
 */
export async function rerender(output: string, referencePath: string | null): Promise<Rerendered> {
  const golden = referencePath === null ? null : await readGolden(referencePath);
  const result: Rerendered = { made: 0, kept: 0 };
  const { entries } = await readJournal(output);
  const seen = new Set<string>();
  for (const entry of latest(entries)) {
    if (entry.folder === null || seen.has(entry.folder)) continue;
    seen.add(entry.folder);
    const inspection = await readInspection(output, entry);
    if (!inspection) continue;
    const photo = await readPhoto(entry.file).catch(() => null);
    const pixels = photo?.sha256 === inspection.photo.sha256 ? photo.pixels : null;
    if (!pixels || !golden || golden.sha256 !== inspection.reference.sha256) {
      result.kept++;
      continue;
    }
    const folder = join(output, entry.folder);
    await writeAtomically(join(folder, 'picture.jpg'), await renderPicture(inspection, pixels));
    const page = await readFile(join(folder, 'report.html'), 'utf8').catch(() => '');
    const sites = golden.sites ?? sitesInPage(page);
    const pictures = { photo: pixels, golden: golden.pixels, sites };
    await writeAtomically(join(folder, 'report.html'), await renderHtml(inspection, pictures));
    result.made++;
  }
  return result;
}

/** The golden photo, and where the sites lie: null for a lone photo, in which they would have to be looked for again. */
async function readGolden(
  path: string,
): Promise<{ sha256: string; pixels: Raster; sites: readonly Site[] | null } | null> {
  try {
    if (!(await stat(path)).isDirectory()) {
      const { sha256, pixels }: Photo = await readPhoto(path);
      return { sha256, pixels, sites: null };
    }
    const { sha256, goldenPaths, description } = await readReferenceFolder(path);
    if (!goldenPaths[0]) return null;
    return { sha256, pixels: (await readPhoto(goldenPaths[0])).pixels, sites: description.sites };
  } catch {
    return null;
  }
}
