import { createHash } from 'node:crypto';
import {
  compareBoard,
  evidenceMap,
  measureVisibility,
  parallaxZone,
  surfaceEvidence,
  THRESHOLDS,
  type Visibility,
} from './compare/index.js';
import type { Detector } from './detect/index.js';
import { type Inspection, NOTICE, type Verdict } from './document/index.js';
import { type Box, boxCorners, compose, fillPolygon, mapPoint } from './geometry/index.js';
import { type Reference, seeParts } from './learn.js';
import { measureQuality, type Photo, type Raster, shrinkTo } from './photo/index.js';
import { numbered, placeInPhoto } from './placeInPhoto.js';
import { alignLocally, findParallax, registerPhoto, resizing, warp } from './register/index.js';
import { stopwatch } from './stopwatch.js';
import { VERSION } from './version.js';
import { smallestVisiblePart } from './visiblePart.js';

/** Longer side at which surfaces are compared; parts are looked for at full resolution. */
const SURFACE_SIDE = 2000;

/**
 * Inspects one photo: registers it onto the reference, finds the parts, compares parts and surface with the
 * reference, and says what differs and what could not be judged.
 * @returns the inspection document; a photo that cannot be registered is `not-judged`, never a match
 */
export async function inspect(photo: Photo, reference: Reference, detector: Detector): Promise<Inspection> {
  const time = stopwatch();
  const { pixels } = photo;
  const quality = measureQuality(pixels);
  time.lap('quality');

  const registration = await registerPhoto(pixels, reference.registration);
  time.lap('register');
  const document = frame(photo, reference, detector, quality, registration);
  if (registration.status === 'refused') return { ...document, timings: time.laps };

  // From here on everything lies in the reference frame: photo and golden photo differ only in what they show.
  const { homography } = registration;
  const onReference = await warp(pixels, homography, reference.width, reference.height);
  const surface = await shrinkTo(reference.golden, SURFACE_SIDE);
  const toSurface = resizing(reference.golden, surface);
  const laid = await shrinkTo(onReference, SURFACE_SIDE);
  const board = fillPolygon(
    reference.outline.map((p) => mapPoint(toSurface, p)),
    surface.width,
    surface.height,
  );
  const inFrame = fillPolygon(
    boxCorners({ x: 1, y: 1, width: pixels.width - 3, height: pixels.height - 3 }).map((p) =>
      mapPoint(compose(toSurface, homography), p),
    ),
    surface.width,
    surface.height,
  );
  const both = board.map((value, k) => value & inFrame[k]!);
  const { aligned, field } = await alignLocally(surface, laid, both);
  const moved = await findParallax(surface, aligned, both);
  time.lap('align');

  const seen = await seeParts(onReference, detector);
  time.lap('detect');

  const visibility = measureVisibility(surface, aligned, board, inFrame);
  const evidence = surfaceEvidence(surface, aligned, visibility.seen);
  const scale = surface.width / reference.width;
  const place = placeInPhoto(homography, field, scale, pixels);
  const photoParts = seen.map((part) => ({ ...part, box: place.straighten(part.box) }));
  const everyPart = [...reference.goldenParts, ...photoParts];
  const parallax = parallaxZone(moved, field, everyPart, scale, surface.width, surface.height);
  const map = evidenceMap(evidence, visibility.seen, parallax, scale);
  time.lap('surface');

  const compared = compareBoard({
    sites: reference.sites,
    goldenParts: reference.goldenParts,
    photoParts,
    confident: detector.contract.thresholds.score,
    map,
    judged: visibility.judged,
    tolerancePx: 3 / scale,
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
export function inspectPixels(pixels: Raster, reference: Reference, detector: Detector): Promise<Inspection> {
  const sha256 = createHash('sha256').update(pixels.data).digest('hex');
  return inspect({ path: '', sha256, pixels }, reference, detector);
}

/** What the document says before anything is compared: not judged. */
function frame(
  photo: Photo,
  reference: Reference,
  detector: Detector,
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
    models: [
      {
        task: 'detect',
        name: detector.contract.name,
        version: detector.contract.version,
        sha256: detector.sha256,
      },
    ],
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

function enlarge({ x, y, width, height }: Box, factor: number): Box {
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}
