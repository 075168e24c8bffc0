import {
  type ComparisonInput,
  compareBoard,
  expectedFalseCalls,
  findRegions,
  levelOfPhoto,
  THRESHOLDS,
  tolerate,
  WATCHED,
  weakDifferences,
} from './compare/index.js';
import type { Models } from './detect/index.js';
import { type Inspection, NOTICE, type Verdict } from './document/index.js';
import { inForce, today, variationIn } from './layout/index.js';
import { type Reference, seeParts } from './learn.js';
import { measureQuality, type Photo, type Raster } from './photo/index.js';
import { numbered, placeInPhoto } from './placeInPhoto.js';
import { registerPhoto } from './register/index.js';
import { applyRules, toleranceRules } from './rules.js';
import { sameView, whatChanged } from './sameView.js';
import { sha256 } from './sha256.js';
import { stopwatch } from './stopwatch.js';
import { VERSION } from './version.js';
import { smallestVisiblePart } from './visiblePart.js';
import { askWitnesses } from './witnesses.js';

/** Options of an inspection. */
export interface InspectOptions {
  /**
   * False calls to be expected in a photo of a good board, above 0: more of them means that weaker differences are
   * told. Default: what the change model's contract says, 0.5.
   */
  falseCalls?: number;
  /** The day it is, as YYYY-MM-DD: what was accepted for a time expires. Default: today, in UTC. */
  day?: string;
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
  { falseCalls = models.change.contract.decision.falseCalls, day = today() }: InspectOptions = {},
): Promise<Inspection> {
  const time = stopwatch();
  const { pixels } = photo;
  const quality = measureQuality(pixels);
  time.lap('quality');

  const registration = await registerPhoto(pixels, reference.registration);
  time.lap('register');
  const document = frame(photo, reference, models, quality, registration);
  if (registration.status === 'refused') return { ...document, timings: time.laps };

  const { homography } = registration;
  const view = await sameView(pixels, homography, reference);
  time.lap('align');

  // From here on everything lies in the reference frame: photo and golden photo differ only in what they show.
  const photoParts = await seeParts(view.photo, models.detector);
  time.lap('detect');

  const { decision } = models.change.contract;
  const differences = findRegions(await whatChanged(view, reference, models.change));
  const level = levelOfPhoto(differences, decision);
  time.lap('change');

  const worthAsking = differences.filter(
    ({ peak }) => expectedFalseCalls(peak, level, decision.spread) <= WATCHED * falseCalls,
  ).length;
  const regions = await askWitnesses(differences, worthAsking, view, reference, models.change);
  time.lap('witnesses');

  const rules = applyRules(reference);
  const input: ComparisonInput = {
    sites: reference.sites,
    goldenParts: reference.goldenParts,
    photoParts,
    regions,
    level,
    spread: decision.spread,
    falseCalls,
    visible: view.judgedShare,
    varies: (box) => (reference.variation ? variationIn(reference.variation, box) : -Infinity),
    watched: rules.watched,
    ignored: rules.ignored,
    tolerancePx: view.tolerancePx,
  };
  const told = compareBoard(input);
  const tolerances = inForce(reference.tolerances, day);
  const compared = tolerate(told, tolerances, rules.watched);
  time.lap('compare');

  const place = placeInPhoto(homography, view.field, view.scale, pixels);
  const smallest = smallestVisiblePart(homography, reference, view.sharedDetail);
  return {
    ...document,
    verdict: verdictOf(compared.findings.length, view.judgedFraction, rules.unseen(view, compared.sites)),
    findings: numbered(compared.findings, place),
    rules: [...document.rules, ...toleranceRules(tolerances, compared.silenced, place)],
    weak: weakDifferences(
      input,
      told.findings.map(({ box }) => box),
    ),
    sites: compared.sites,
    coverage: {
      judgedFraction: Math.floor(view.judgedFraction * 1e4) / 1e4,
      sharedDetail: Math.round(view.sharedDetail * 1000) / 1000,
      smallestVisiblePartPx: smallest,
      smallestVisiblePartMm: reference.mmPerPixel === null ? null : smallest * reference.mmPerPixel,
      notJudged: view.notJudged.map(({ reason, box }) => ({ reason, box: place.box(box) })),
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
  return inspect({ path: '', sha256: sha256(pixels.data), pixels }, reference, models, options);
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
      variant: reference.variant,
      goodBoards: 1 + reference.witnesses.length,
      lacks: [...reference.lacks],
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
    rules: reference.regions.map(({ id, rule, note }) => ({ id, rule, note: note ?? null })),
    sites: reference.sites.map(({ id, label, expected }) => ({
      id,
      label,
      expected,
      verdict: 'not-judged',
      reason: 'the photo could not be laid onto the reference',
    })),
    coverage: {
      judgedFraction: 0,
      sharedDetail: null,
      smallestVisiblePartPx: null,
      smallestVisiblePartMm: null,
      notJudged: [],
    },
    timings: {},
  };
}

/**
 * A finding makes it differ; without one it matches only if enough of the board could be judged, and every place of
 * high risk.
 */
function verdictOf(findings: number, judgedFraction: number, unseenRisks: number): Verdict {
  if (findings > 0) return 'differs';
  return judgedFraction >= THRESHOLDS.coverage && unseenRisks === 0 ? 'matches' : 'not-judged';
}
