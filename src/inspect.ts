import { createHash } from 'node:crypto';
import { compareBoard, measureVisibility, shareIn, THRESHOLDS, type Visibility } from './compare/index.js';
import type { Models } from './detect/index.js';
import { type Inspection, NOTICE, type Verdict } from './document/index.js';
import { type Box, boxCorners, compose, fillPolygon, type Homography, mapPoint } from './geometry/index.js';
import { type Reference, seeParts } from './learn.js';
import { measureQuality, type Photo, type Raster, shrinkTo } from './photo/index.js';
import { numbered, placeInPhoto } from './placeInPhoto.js';
import { alignLocally, registerPhoto, resizing, warp, warpAlong } from './register/index.js';
import { lookingScale, showOnly } from './sameView.js';
import { stopwatch } from './stopwatch.js';
import { VERSION } from './version.js';
import { smallestVisiblePart } from './visiblePart.js';

/** Longer side at which alignment and light are measured; parts and changes are looked for at full resolution. */
const SURFACE_SIDE = 2000;

/** Options of an inspection. */
export interface InspectOptions {
  /**
   * False calls to be expected in a photo of a good board, above 0: more of them means that weaker differences are
   * told. Default: 1.
   */
  falseCalls?: number;
}

/**
 * Inspects one photo: registers it onto the reference, finds what changed and what parts there are, says which parts
 * that means, and what could not be judged.
 * @returns the inspection document; a photo that cannot be registered is `not-judged`, never a match
 */
export async function inspect(
  photo: Photo,
  reference: Reference,
  models: Models,
  { falseCalls = 1 }: InspectOptions = {},
): Promise<Inspection> {
  const time = stopwatch();
  const { pixels } = photo;
  const { width, height, golden } = reference;
  const quality = measureQuality(pixels);
  time.lap('quality');

  const registration = await registerPhoto(pixels, reference.registration);
  time.lap('register');
  const document = frame(photo, reference, models, quality, registration);
  if (registration.status === 'refused') return { ...document, timings: time.laps };

  // From here on everything lies in the reference frame: photo and golden photo differ only in what they show.
  const { homography } = registration;
  const surface = await shrinkTo(golden, SURFACE_SIDE);
  const toSurface = resizing(golden, surface);
  const scale = surface.width / width;
  const laid = await warp(pixels, compose(toSurface, homography), surface.width, surface.height);
  const board = maskOf(reference.outline, toSurface, surface);
  const inFrame = maskOf(frameOf(pixels), compose(toSurface, homography), surface);
  const both = board.map((value, k) => value & inFrame[k]!);
  const field = await alignLocally(surface, laid, both);
  const aligned = await warpAlong(pixels, homography, field, scale, width, height);
  const place = placeInPhoto(homography, field, scale, pixels);
  time.lap('align');

  const visibility = measureVisibility(surface, await shrinkTo(aligned, SURFACE_SIDE), board, inFrame);
  time.lap('light');

  const photoParts = await seeParts(aligned, models.detector);
  time.lap('detect');

  const where = showOnly(aligned, golden, visibility.seen, surface);
  const changes = await models.change.compare(golden, aligned, where, lookingScale(golden));
  time.lap('change');

  const compared = compareBoard({
    sites: reference.sites,
    goldenParts: reference.goldenParts,
    photoParts,
    changes,
    decision: models.change.contract.decision,
    falseCalls,
    visible: (box) => shareIn(visibility.judged, surface.width, enlarge(box, scale)),
    tolerancePx: 2 / scale,
  });
  time.lap('compare');

  const smallest = smallestVisiblePart(homography, reference, quality.sharpness);
  return {
    ...document,
    verdict: verdictOf(compared.findings.length, visibility),
    findings: numbered(compared.findings, place),
    sites: compared.sites,
    coverage: {
      judgedFraction: Math.floor(visibility.judgedFraction * 1e4) / 1e4,
      smallestVisiblePartPx: smallest,
      smallestVisiblePartMm: reference.mmPerPixel === null ? null : smallest * reference.mmPerPixel,
      notJudged: visibility.notJudged.map(({ reason, box }) => ({
        reason,
        box: place.box(enlarge(box, 1 / scale)),
      })),
    },
    timings: time.laps,
  };
}

/** The same for pixels that are in no file; the document's path is empty and the hash that of the pixels. */
export function inspectPixels(
  pixels: Raster,
  reference: Reference,
  models: Models,
  options: InspectOptions = {},
): Promise<Inspection> {
  const sha256 = createHash('sha256').update(pixels.data).digest('hex');
  return inspect({ path: '', sha256, pixels }, reference, models, options);
}

/** What the document says before anything is compared: not judged. */
function frame(
  photo: Photo,
  reference: Reference,
  models: Models,
  quality: ReturnType<typeof measureQuality>,
  registration: Awaited<ReturnType<typeof registerPhoto>>,
): Inspection {
  const { status, reason, inliers, residualPx, homography } = registration;
  return {
    schemaVersion: 1,
    tool: { name: 'boardiff', version: VERSION },
    notice: NOTICE,
    photo: {
      path: photo.path,
      sha256: photo.sha256,
      width: photo.pixels.width,
      height: photo.pixels.height,
      quality: { ...quality },
    },
    reference: {
      name: reference.name,
      sha256: reference.sha256,
      width: reference.width,
      height: reference.height,
      mmPerPixel: reference.mmPerPixel,
    },
    models: [models.detector, models.change].map(({ contract: { task, name, version }, sha256 }) => ({
      task,
      name,
      version,
      sha256,
    })),
    registration: { status, reason, inliers, residualPx, homography: homography ? [...homography] : null },
    verdict: 'not-judged',
    findings: [],
    sites: reference.sites.map(({ id, label, expected }) => ({
      id,
      label,
      expected,
      verdict: 'not-judged',
      reason: 'the photo could not be laid onto the reference',
    })),
    coverage: { judgedFraction: 0, smallestVisiblePartPx: null, smallestVisiblePartMm: null, notJudged: [] },
    timings: {},
  };
}

/** A finding makes it differ; without one it matches only if enough of the board could be judged. */
function verdictOf(findings: number, { judgedFraction }: Visibility): Verdict {
  if (findings > 0) return 'differs';
  return judgedFraction >= THRESHOLDS.coverage ? 'matches' : 'not-judged';
}

/** Corners of the picture, a pixel in from the edge: what lies beyond is not known. */
function frameOf({ width, height }: Raster): ReturnType<typeof boxCorners> {
  return boxCorners({ x: 1, y: 1, width: width - 3, height: height - 3 });
}

/** A polygon, mapped and filled, in the size of a picture. */
function maskOf(polygon: Reference['outline'], mapping: Homography, { width, height }: Raster): Uint8Array {
  return fillPolygon(
    polygon.map((point) => mapPoint(mapping, point)),
    width,
    height,
  );
}

function enlarge({ x, y, width, height }: Box, factor: number): Box {
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}
