import { type Job, type Result, writeResult } from './batch/index.js';
import { loadModels } from './detect/index.js';
import { type InspectOptions, inspect } from './inspect.js';
import { openReference } from './learn.js';
import { readPhoto } from './photo/index.js';
import { startOpenCv } from './register/index.js';
import { renderCrops } from './report/batch/crops.js';
import { renderHtml, renderJson, renderPicture } from './report/index.js';
import type { ScanSettings } from './scanIdentity.js';

/**
 * Opens models and reference once, for all photos of a worker.
 * @returns inspects a photo and writes its folder of results
 * @throws UserError when one of them cannot be used
 */
export async function openScan(settings: ScanSettings): Promise<(job: Job) => Promise<Result>> {
  const limits = settings.maxPixels ? { maxPixels: settings.maxPixels } : {};
  const [models] = await Promise.all([loadModels(settings.model, { threads: 1 }), startOpenCv()]);
  const reference = await openReference(settings.reference, models.detector, {
    ...limits,
    variant: settings.variant,
  });
  const options: InspectOptions = settings.falseCalls ? { falseCalls: settings.falseCalls } : {};
  return async ({ path, sha256, folder }) => {
    const started = performance.now();
    const photo = await readPhoto(path, limits);
    if (photo.sha256 !== sha256) {
      const reason = `${path}: expected the photo that was listed, but it has changed since`;
      return { status: 'failed', reason, hint: 'Scan again.', again: true, written: false };
    }
    const decode = Math.round(performance.now() - started);
    const inspection = await inspect(photo, reference, models, options);
    inspection.timings = { decode, ...inspection.timings };
    const pictures = { photo: photo.pixels, golden: reference.golden, sites: reference.sites };
    const files = await renderCrops(inspection, pictures);
    files.set('picture.jpg', await renderPicture(inspection, photo.pixels));
    files.set('report.html', await renderHtml(inspection, pictures));
    await writeResult(folder, new Map([...files, ['inspection.json', renderJson(inspection)]]));
    const { verdict, registration } = inspection;
    return { status: verdict, reason: registration.reason, hint: null, again: false, written: true };
  };
}
