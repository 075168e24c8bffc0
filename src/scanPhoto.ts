import { type Job, type Result, writeResult } from './batch/index.js';
import type { Candidate, Plan } from './choose/index.js';
import { loadModels, type Models } from './detect/index.js';
import type { Inspection } from './document/index.js';
import { UserError } from './errors.js';
import { type InspectOptions, inspect } from './inspect.js';
import { openReference, type Reference } from './learn.js';
import { openLatest } from './openLatest.js';
import { type Photo, readPhoto } from './photo/index.js';
import { startOpenCv } from './register/index.js';
import { renderCrops } from './report/batch/crops.js';
import { renderHtml, renderJson, renderPicture } from './report/index.js';
import type { ScanSettings } from './scanIdentity.js';

/** References that a worker holds at once. */
const KEPT = 3;

/** Gives what a candidate names. @throws UserError when it cannot be opened, or is not what it was */
type Open = (candidate: Candidate) => Promise<Reference>;

/**
 * Opens the models once, for all photos of a worker, and references as photos need them.
 * @returns inspects a photo and writes its folder of results
 * @throws UserError when a model, or the one reference of all photos, cannot be used
 */
export async function openScan(settings: ScanSettings): Promise<(job: Job) => Promise<Result>> {
  const limits = settings.maxPixels ? { maxPixels: settings.maxPixels } : {};
  const [models] = await Promise.all([loadModels(settings.model, { threads: 1 }), startOpenCv()]);
  const keep = openLatest<Reference>(KEPT);
  const open: Open = async ({ path, sha256, variant }) => {
    const key = JSON.stringify([path, variant]);
    const reference = await keep(key, () =>
      openReference(path, models.detector, { ...limits, variant: variant ?? undefined }),
    );
    if (reference.sha256 === sha256) return reference;
    throw new UserError(`${path}: expected the reference that the scan began with, but it has changed since`);
  };
  if (settings.first) await open(settings.first);
  const options: InspectOptions = settings.falseCalls ? { falseCalls: settings.falseCalls } : {};
  return async ({ path, sha256, folder, plan }) => {
    const started = performance.now();
    const photo = await readPhoto(path, limits);
    if (photo.sha256 !== sha256)
      return failed(`${path}: expected the photo that was listed, but it has changed since`);
    const decode = Math.round(performance.now() - started);
    let done: Inspected;
    try {
      done = await inspectBest(photo, plan as Plan, open, models, options);
    } catch (error) {
      // Nothing is wrong with the photo: another time the reference may be in order.
      if (error instanceof UserError) return failed(error.message, error.hint);
      throw error;
    }
    const { inspection, reference } = done;
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

interface Inspected {
  inspection: Inspection;
  reference: Reference;
}

/**
 * Compares a photo with its candidates until it can be laid onto one.
 * @returns the first that it could be laid onto, else the refusal of the likeliest
 */
async function inspectBest(
  photo: Photo,
  { by, candidates, margin, unknown }: Plan,
  open: Open,
  models: Models,
  options: InspectOptions,
): Promise<Inspected> {
  const chosen = { by, candidates: candidates.map(({ name, score }) => ({ name, score })), margin };
  let likeliest: Inspected | null = null;
  for (const candidate of candidates) {
    const reference = await open(candidate);
    const inspection = await inspect(photo, reference, models, options);
    inspection.reference.chosen = chosen;
    if (inspection.registration.status === 'ok') return { inspection, reference };
    likeliest ??= { inspection, reference };
  }
  if (!likeliest)
    throw new UserError(
      `${photo.path}: expected to see which reference it shows, but it could not be looked at`,
    );
  const { registration } = likeliest.inspection;
  if (unknown) registration.reason = `${unknown}; ${registration.reason}`;
  return likeliest;
}

function failed(reason: string, hint = 'Scan again.'): Result {
  return { status: 'failed', reason, hint, again: true, written: false };
}
