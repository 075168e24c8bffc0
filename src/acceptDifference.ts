import { readBatchReport, readInspection } from './batchResults.js';
import { accepts } from './compare/index.js';
import { decisionsOf, readLedger } from './decisions/index.js';
import type { Finding, FindingKind } from './document/index.js';
import { UserError } from './errors.js';
import { type Box, boundingBox, boxCorners, growBox, intersectBoxes } from './geometry/index.js';
import {
  inForce,
  type ReferenceFolder,
  readReferenceFolder,
  replaceDescription,
  sameButForTolerances,
  type Tolerance,
  today,
} from './layout/index.js';
import { judgedPhotos, recurring } from './report/batch/index.js';
import { applyRules } from './rules.js';

/** Who accepts, why, and how long it holds. */
export interface Acceptance {
  reason: string;
  by: string;
  /** Last day, YYYY-MM-DD. */
  expires: string;
}

/** What came of accepting. */
export interface Accepted {
  tolerances: Tolerance[];
  /** Differences that were not accepted, with the reason, a sentence each. */
  leftOut: string[];
}

/** A finding may lie a little elsewhere in the next photo: so much of its shorter side, and at least so many pixels. */
const MARGIN = 0.25;
const LEAST_MARGIN = 4;

/** A difference to be accepted, in reference pixels. */
interface Wanted {
  kind: FindingKind;
  site: string | null;
  boxes: Box[];
}

/**
 * Accepts one finding of a result: the same difference at the same place is no finding until it expires.
 * @param result folder of the result in the output folder, with or without `photos/`
 * @throws UserError when there is no such finding, or it cannot be accepted
 */
export async function acceptFinding(
  output: string,
  result: string,
  id: string,
  referencePath: string,
  acceptance: Acceptance,
): Promise<Accepted> {
  const folder = result.startsWith('photos/') ? result : `photos/${result.replace(/^\/+|\/+$/g, '')}`;
  const inspection = await readInspection(output, { folder: folder.replace(/\/+$/, '') });
  if (!inspection) {
    throw new UserError(
      `${output}: expected a result "${result}", got none`,
      'Name a folder of its photos/ folder.',
    );
  }
  const finding = inspection.findings.find((known) => known.id === id);
  if (!finding) {
    const ids = inspection.findings.map((known) => known.id).join(', ') || 'none';
    throw new UserError(`${result}: expected one of its findings (${ids}), got "${id}"`);
  }
  const reference = await readReferenceFolder(referencePath);
  expectSame(reference, inspection.reference.sha256, referencePath, result);
  if (!finding.referenceBox)
    throw new UserError(`${result}: ${id} has no place in the reference to accept it at`);
  const accepted = await accept(referencePath, reference, [wantedOf([finding])], acceptance);
  if (accepted.tolerances.length === 0) throw new UserError(accepted.leftOut[0]!);
  return accepted;
}

/**
 * Accepts what reviews called false on several boards: per site or place and kind one tolerance.
 * @param boards least number of boards that a difference was called false on, 2 and more
 * @throws UserError when the results are of another reference
 */
export async function acceptFalseCalls(
  output: string,
  boards: number,
  referencePath: string,
  acceptance: Acceptance,
): Promise<Accepted> {
  const [report, { entries }, reference] = await Promise.all([
    readBatchReport(output),
    readLedger(output),
    readReferenceFolder(referencePath),
  ]);
  const decisions = decisionsOf(judgedPhotos(report), entries);
  const rows = report.photos.flatMap((row) => {
    const said = row.folder === null ? undefined : decisions.get(row.folder);
    const findings = row.findings.filter(({ id }) => said?.findings.get(id)?.entry.decision === 'false-call');
    return findings.length > 0 ? [{ ...row, findings }] : [];
  });
  const photoOf = new Map(rows.flatMap(({ folder, findings }) => findings.map((one) => [one, folder!])));
  const wanted: Wanted[] = [];
  for (const { findings } of recurring(rows)) {
    for (const kind of new Set([...findings].map((finding) => finding.kind))) {
      const same = [...findings].filter((finding) => finding.kind === kind);
      const photos = new Set(same.map((finding) => photoOf.get(finding)));
      if (photos.size >= boards) wanted.push(wantedOf(same));
    }
  }
  // Each result is asked once which reference it was compared with.
  for (const folder of new Set(photoOf.values())) {
    const inspection = await readInspection(output, { folder });
    if (inspection) expectSame(reference, inspection.reference.sha256, referencePath, folder);
  }
  return accept(referencePath, reference, wanted, acceptance);
}

async function accept(
  path: string,
  { description }: ReferenceFolder,
  wanted: readonly Wanted[],
  { reason, by, expires }: Acceptance,
): Promise<Accepted> {
  const day = today();
  if (expires < day) {
    throw new UserError(
      `--expires: expected a day to come, got ${expires}`,
      'Name the last day on which it is accepted.',
    );
  }
  const { watched } = applyRules({
    regions: description.regions,
    sites: description.sites.map((site) => ({ ...site, shown: true })),
  });
  const all = [...(description.tolerances ?? [])];
  const made: Tolerance[] = [];
  const leftOut: string[] = [];
  const frame = { x: 0, y: 0, width: description.frame.width, height: description.frame.height };
  for (const { kind, site, boxes } of wanted) {
    const around = boundingBox(boxes.flatMap((box) => [...boxCorners(box)]));
    const where = `${kind} ${site === null ? `at ${Math.round(around.x)}, ${Math.round(around.y)} px` : `at ${site}`}`;
    if (boxes.some((box) => watched(box))) {
      leftOut.push(`${where}: it lies in a place of high risk, where nothing is accepted`);
      continue;
    }
    const known = inForce(all, day).find((one) => boxes.every((box) => accepts(one, { kind, site, box })));
    if (known && known.expires >= expires) {
      leftOut.push(`${where}: it is accepted already, as ${known.id} until ${known.expires}`);
      continue;
    }
    const margin = Math.max(LEAST_MARGIN, MARGIN * Math.min(around.width, around.height));
    const box = intersectBoxes(growBox(around, margin), frame);
    if (!box) {
      leftOut.push(`${where}: it lies outside of the frame`);
      continue;
    }
    const id = freeId(all);
    const tolerance: Tolerance = { id, kind, site, box: tenths(box), reason, by, accepted: day, expires };
    all.push(tolerance);
    made.push(tolerance);
  }
  if (made.length > 0) await replaceDescription(path, { ...description, tolerances: all });
  return { tolerances: made, leftOut };
}

/** @throws UserError when a result was compared with another reference, whose places mean something else */
function expectSame(reference: ReferenceFolder, sha256: string, path: string, result: string): void {
  if (sameButForTolerances(reference, sha256)) return;
  throw new UserError(
    `${result}: expected a result of ${path} as it is now, got one of another reference or revision`,
    'Scan again with this reference, then accept.',
  );
}

function wantedOf(findings: readonly Finding[]): Wanted {
  const { kind, site } = findings[0]!;
  return { kind, site, boxes: findings.flatMap(({ referenceBox }) => referenceBox ?? []) };
}

function freeId(tolerances: readonly Tolerance[]): string {
  const taken = new Set(tolerances.map(({ id }) => id));
  let k = 1;
  while (taken.has(`T${k}`)) k++;
  return `T${k}`;
}

function tenths({ x, y, width, height }: Box): Box {
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return { x: tenth(x), y: tenth(y), width: tenth(width), height: tenth(height) };
}
