import { join } from 'node:path';
import { latest, readJournal } from './batch/index.js';
import { readInspection } from './batchResults.js';
import type { AimSettings } from './choose/index.js';
import { writeAtomically } from './files.js';
import { goldenOf } from './goldenOf.js';
import { readPhoto } from './photo/index.js';
import { placeInside } from './readInside.js';
import { readWithin } from './readWithin.js';
import { renderHtml, renderPicture, sitesInPage } from './report/index.js';

/** Largest report that is read for where sites lie; reports are kept below 8 MB. */
const MAX_PAGE_BYTES = 2 ** 25;

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
 * @param settings where the references of the scan came from, as far as that is known
 */
export async function rerender(output: string, settings: AimSettings): Promise<Rerendered> {
  const findGolden = goldenOf(settings);
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
    const golden = pixels && (await findGolden(entry.path, inspection.reference.sha256));
    if (!pixels || !golden) {
      result.kept++;
      continue;
    }
    const folder = await placeInside(output, entry.folder);
    await writeAtomically(join(folder, 'picture.jpg'), await renderPicture(inspection, pixels));
    const page = await readWithin(join(folder, 'report.html'), MAX_PAGE_BYTES).then(String, () => '');
    const pictures = { photo: pixels, golden: golden.pixels, sites: golden.sites ?? sitesInPage(page) };
    await writeAtomically(join(folder, 'report.html'), await renderHtml(inspection, pictures));
    result.made++;
  }
  return result;
}
