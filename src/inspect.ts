import { doubtAbout, shownByOne } from './advice.js';
import { boundFindings } from './boundFindings.js';
import {
  type ComparisonInput,
  compareBoard,
  expectedFalseCalls,
  reliefOf,
  restOf,
  THRESHOLDS,
  tolerate,
  WATCHED,
  weakDifferences,
  weighByParts,
} from './compare/index.js';
import { coverageOf, floorShare, NOTHING_JUDGED, verdictOf } from './coverage.js';
import type { Models } from './detect/index.js';
import { type Inspection, isBatchItself, noticeOf } from './document/index.js';
import { MIN_COVERAGE, type MinCoverage } from './enoughJudged.js';
import { type Box, intersectionArea } from './geometry/index.js';
import { inForce, today, variationIn } from './layout/index.js';
import type { Reference } from './learn.js';
import { lookAt, type Shot } from './look.js';
import type { Photo, Raster } from './photo/index.js';
import { numbered } from './placeInPhoto.js';
import type { Registration } from './register/index.js';
import { applyRules, toleranceRules } from './rules.js';
import { type Board, severalLooks } from './severalLooks.js';
import { sha256 } from './sha256.js';
import { stopwatch } from './stopwatch.js';
import { VERSION } from './version.js';
import { askWitnesses } from './witnesses.js';

/** Options of an inspection. */
export interface InspectOptions {
  /**
   * False calls to be expected in a photo of a good board, above 0: more of them means that weaker differences are
   * told. Default: what the change model's contract says, 0.5.
   */
  falseCalls?: number;
  /** What must have been judged before a board can be said to match. Default: 95 % of the sites, 90 % of the surface. */
  minCoverage?: MinCoverage;
  /** The day it is, as YYYY-MM-DD: what was accepted for a time expires. Default: today, in UTC. */
  day?: string;
  /** How photos lie on this reference, where that is known already; the others are registered. */
  registrations?: ReadonlyMap<Photo, Registration>;
}

/** Inspects one photo of a board; see {@link inspectBoard}. */
export function inspect(
  photo: Photo,
  reference: Reference,
  models: Models,
  options: InspectOptions = {},
): Promise<Inspection> {
  return inspectBoard([photo], reference, models, options);
}

/**
 * Inspects photos of one side of one board: registers each onto the reference, finds what changed and what parts there
 * are, takes what they show together, says which parts that means, and what could not be judged.
 * @param photos one and more, whole or overlapping close-ups; those that cannot be registered add nothing
 * @returns the inspection document; a board of which no photo can be registered is `not-judged`, never a match
 */
export async function inspectBoard(
  photos: readonly Photo[],
  reference: Reference,
  models: Models,
  {
    falseCalls = models.change.contract.decision.falseCalls,
    minCoverage = MIN_COVERAGE,
    day = today(),
    registrations,
  }: InspectOptions = {},
): Promise<Inspection> {
  const time = stopwatch();
  const shots: Shot[] = [];
  for (const [k, photo] of photos.entries())
    shots.push(await lookAt(photo, k, reference, models, time, registrations?.get(photo)));
  const document = frame(shots, reference, models, { falseCalls, minCoverage });
  const looks = shots.flatMap(({ look }) => (look ? [look] : []));
  if (looks.length === 0) return { ...document, timings: time.laps };

  const { spread, relief, parts } = models.change.contract.decision;
  const board = severalLooks(looks, reference.sites, { spread, relief: relief?.photos });
  // Good boards speak each for itself; of the boards of a batch nobody knows which are good: most of them decide.
  const vote = isBatchItself(reference) ? 'most' : 'any';
  const voices = (vote === 'most' ? relief?.photos : relief?.goodBoards) ?? [];
  // What good boards and parts together may lift over the threshold is asked about too.
  const lift = reliefOf(voices, 1 + reference.witnesses.length);
  const worthAsking = board.regions.filter(
    ({ peak }) => expectedFalseCalls(peak + lift + parts / 2, board.level, spread) <= WATCHED * falseCalls,
  ).length;
  const photoOf = (box: Box) => board.bestOf(box).view.photo;
  const asked = await askWitnesses(board.regions, worthAsking, photoOf, reference, models.change, {
    vote,
    relief: voices,
  });
  const regions = weighByParts(asked, [...board.parts, ...reference.goldenParts], parts);
  time.lap('witnesses');

  const rules = applyRules(reference);
  const input: ComparisonInput = {
    sites: reference.sites,
    goldenParts: reference.goldenParts,
    photoParts: board.parts,
    regions,
    level: board.level,
    spread,
    falseCalls,
    visible: board.judgedShare,
    varies: (box) => (reference.variation ? variationIn(reference.variation, box) + lift : -Infinity),
    watched: rules.watched,
    ignored: rules.ignored,
    rest: (difference, told) => restOf(difference, told, board.bestOf(difference.box).changes),
    tolerancePx: board.tolerancePx,
  };
  const told = compareBoard(input);
  const tolerances = inForce(reference.tolerances, day);
  const compared = tolerate(told, tolerances, rules.watched);
  const coverage = coverageOf(board, reference, compared.sites, rules, minCoverage);
  time.lap('compare');

  const { kept, notice } = boundFindings(compared.findings, document.notice);
  return {
    ...document,
    verdict: verdictOf(compared.findings.length, coverage),
    notice,
    findings: numbered(kept, board.bestOf, (box) => doubtIn(board, box)),
    rules: [...document.rules, ...toleranceRules(tolerances, compared.silenced, board.bestOf)],
    weak: weakDifferences(
      input,
      told.findings.map(({ box }) => box),
    ),
    sites: compared.sites,
    coverage,
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

/** What makes a finding there doubtful, or null. */
function doubtIn({ judgedShare, notJudged, oneOf }: Board, box: Box): string | null {
  const voices = oneOf(box);
  if (voices !== null) return shownByOne(voices);
  if (judgedShare(box) >= THRESHOLDS.visibleShare) return null;
  const place = notJudged.find((other) => intersectionArea(other.box, box) > 0);
  return place ? doubtAbout(place.reason) : null;
}

/** What the document says before anything is compared: not judged. */
function frame(
  shots: readonly Shot[],
  reference: Reference,
  models: Models,
  { falseCalls, minCoverage }: NonNullable<Inspection['settings']>,
): Inspection {
  const photos = shots.map(({ photo, quality, registration, look }) => ({
    path: photo.path,
    sha256: photo.sha256,
    width: photo.pixels.width,
    height: photo.pixels.height,
    quality: { ...quality },
    registration: {
      status: registration.status,
      reason: registration.reason,
      inliers: registration.inliers,
      residualPx: registration.residualPx,
      homography: registration.homography ? [...registration.homography] : null,
    },
    judgedFraction: floorShare(look?.view.judgedFraction ?? 0),
  }));
  const most = photos.reduce((best, photo) => (photo.judgedFraction > best.judgedFraction ? photo : best));
  const { registration, judgedFraction: _, ...photo } = most;
  return {
    schemaVersion: 1,
    tool: { name: 'boardiff', version: VERSION },
    notice: noticeOf(reference),
    photo,
    photos,
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
    settings: { falseCalls, minCoverage: { ...minCoverage } },
    registration,
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
    coverage: NOTHING_JUDGED,
    timings: {},
  };
}
