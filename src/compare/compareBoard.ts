import type { FindingKind, SiteResult } from '../document/index.js';
import { type Box, boxCenter, boxIoU, growBox, intersectionArea } from '../geometry/index.js';
import type { Site } from '../layout/index.js';
import { assign } from './assign.js';
import { type EvidenceMap, evidenceIn } from './evidenceLevel.js';
import { explain } from './explain.js';
import { findDisplacement, isMoved } from './movedPatch.js';
import { shareIn } from './parallaxZone.js';
import type { SeenPart } from './part.js';
import { THRESHOLDS } from './thresholds.js';
import { unexplainedChanges } from './unexplainedChanges.js';

/** A finding in the reference frame, before it is numbered and mapped into the photo. */
export interface BoardFinding {
  kind: FindingKind;
  score: number;
  label: string | null;
  site: string | null;
  /** In reference-frame pixels: where the part is, or where it should be. */
  box: Box;
  explanation: string;
}

/** All that the comparison of one photo with one reference rests on, in reference-frame pixels. */
export interface ComparisonInput {
  sites: readonly Site[];
  /** Parts seen in the golden photo, down to the detector's weak threshold. */
  goldenParts: readonly SeenPart[];
  /** Parts seen in the aligned photo, down to the same threshold. */
  photoParts: readonly SeenPart[];
  /** Score from which the detector's word counts by itself. */
  confident: number;
  map: EvidenceMap;
  /** One byte a pixel of the surface frame: non-zero where light and frame let one judge. */
  judged: Uint8Array;
  /** Displacement that local alignment may have left, in reference pixels. */
  tolerancePx: number;
}

/** Compares parts with sites and the surface with the golden photo. Findings come strongest first. */
export function compareBoard(input: ComparisonInput): { findings: BoardFinding[]; sites: SiteResult[] } {
  const { findings, sites } = compareSites(input);
  findings.push(...unexpectedParts(input, findings));
  findings.push(...unexplainedChanges(input, findings));
  findings.sort((a, b) => b.score - a.score);
  return { findings, sites };
}

/** Every site against the part seen there, or against none. */
function compareSites(input: ComparisonInput): { findings: BoardFinding[]; sites: SiteResult[] } {
  const { sites, photoParts, map } = input;
  const pairing = assign(
    sites.map(({ box }) => box),
    photoParts.map(({ box }) => box),
    2 * input.tolerancePx,
  );
  const partOf = new Map(pairing.pairs);
  const findings: BoardFinding[] = [];
  const results: SiteResult[] = [];
  for (const [k, site] of sites.entries()) {
    const { id, label, expected } = site;
    const visible = judgedShare(input, site.box);
    if (visible < THRESHOLDS.visibleShare) {
      const reason = `only ${Math.round(100 * visible)} % of the site can be judged in this photo`;
      results.push({ id, label, expected, verdict: 'not-judged', reason });
      continue;
    }
    const partIndex = partOf.get(k);
    const part = partIndex === undefined ? null : photoParts[partIndex]!;
    if (!part && isHidden(input, site)) {
      const reason = 'a taller part beside it hides the site from this viewpoint';
      results.push({ id, label, expected, verdict: 'not-judged', reason });
      continue;
    }
    const parallax = inParallax(input, site.box);
    const finding = !part
      ? partIsGone(input, site, map)
      : parallax
        ? partDiffersInParallax(input, site, part)
        : partDiffers(input, site, part);
    if (finding && parallax && (!part || isTiny(input, site.box))) {
      const reason = 'it stands on or beside a tall part, which looks different from this viewpoint';
      results.push({ id, label, expected, verdict: 'not-judged', reason });
      continue;
    }
    if (finding) findings.push(finding);
    results.push({
      id,
      label,
      expected,
      verdict: finding ? 'differs' : 'matches',
      reason: finding ? finding.explanation : null,
    });
  }
  return { findings, sites: results };
}

/**
 * Whether a taller neighbour covers the site in this photo: a part that reaches over it in the photo and, seen at
 * nearly the same place, does not in the golden photo.
 */
function isHidden({ photoParts, goldenParts }: ComparisonInput, { box }: Site): boolean {
  return photoParts.some((part) => {
    if (part.score < 0.2 || part.box.width * part.box.height < 2 * box.width * box.height) return false;
    const covered = intersectionArea(part.box, box) / (box.width * box.height);
    if (covered < 0.3) return false;
    return goldenParts.some(
      (golden) =>
        golden.label === part.label &&
        boxIoU(golden.box, part.box) > 0.4 &&
        covered - intersectionArea(golden.box, box) / (box.width * box.height) > 0.2,
    );
  });
}

function partIsGone(input: ComparisonInput, site: Site, map: EvidenceMap): BoardFinding | null {
  if (site.expected !== 'fitted') return null;
  const evidence = evidenceIn(map, site.box);
  if (evidence.removed < THRESHOLDS.missingEvidence) return null;
  // A part of another size where the site is: something was put in its place.
  const instead = input.photoParts.find(
    (part) => overlapOfSmaller(part.box, site.box) > 0.6 && part.score > 0.3,
  );
  if (instead && evidence.added >= THRESHOLDS.missingEvidence) {
    const score = scoreOf(
      Math.min(evidence.added, evidence.removed),
      THRESHOLDS.missingEvidence,
      instead.score,
    );
    return finding('wrong-part', score, site.label, site.id, instead.box, { seen: instead.label });
  }
  if (hasMoved(input, site.box, 'removed')) return null;
  const score = scoreOf(evidence.removed, THRESHOLDS.missingEvidence, site.score ?? 1);
  return finding('missing-part', score, site.label, site.id, site.box, {});
}

function partDiffers(input: ComparisonInput, site: Site, part: SeenPart): BoardFinding | null {
  const evidence = evidenceIn(input.map, site.box);
  const there = evidenceIn(input.map, part.box);
  const strongest = Math.max(evidence.added, evidence.removed, there.added);
  const [ax, ay] = boxCenter(site.box);
  const [bx, by] = boxCenter(part.box);
  const distance = Math.hypot(ax - bx, ay - by);
  const side = Math.min(site.box.width, site.box.height);
  const tolerance = Math.max(THRESHOLDS.shiftShare * side, THRESHOLDS.shiftPixels + input.tolerancePx);
  const certain = Math.min(part.score, site.score ?? 1);
  if (distance > tolerance && strongest > THRESHOLDS.partEvidence && certain >= input.confident) {
    const score = scoreOf(strongest, THRESHOLDS.partEvidence, certain);
    return finding('shifted-part', score, site.label, site.id, part.box, { distancePx: distance });
  }
  if (isTurned(site.box, part.box) && Math.min(evidence.added, evidence.removed) > THRESHOLDS.partEvidence) {
    const score = scoreOf(strongest, THRESHOLDS.partEvidence, certain);
    return finding('rotated-part', score, site.label, site.id, part.box, {});
  }
  // Both directions must agree: a wrong part shows what the right one does not, and hides what it shows.
  const both = Math.min(evidence.added, evidence.removed);
  const otherClass =
    site.label !== null && part.label !== site.label && part.labelScore > THRESHOLDS.classScore;
  const needed = otherClass ? THRESHOLDS.partEvidence : THRESHOLDS.wrongEvidence;
  if (both > needed) {
    const score = scoreOf(both, needed, 0.5 + 0.5 * certain);
    return finding('wrong-part', score, site.label, site.id, part.box, {
      ...(otherClass ? { seen: part.label } : {}),
    });
  }
  return null;
}

/** Whether a site is so small that a neighbour's wall can cover most of it. */
function isTiny({ map: { evidence, scale } }: ComparisonInput, { width, height }: Box): boolean {
  return Math.min(width, height) * scale < THRESHOLDS.tinySite * Math.max(evidence.width, evidence.height);
}

/**
 * The same where tall parts look different from another viewpoint: positions say nothing there. A small part stays
 * nearly the same all the same; a tall one must have changed far beyond what its walls explain, in both directions.
 */
function partDiffersInParallax(input: ComparisonInput, site: Site, part: SeenPart): BoardFinding | null {
  const { added, removed } = evidenceIn(input.map, site.box);
  const { evidence, scale } = input.map;
  const longest =
    (Math.max(site.box.width, site.box.height) * scale) / Math.max(evidence.width, evidence.height);
  const certainty = 0.5 + 0.5 * Math.min(part.score, site.score ?? 1);
  if (longest < THRESHOLDS.smallSite && Math.max(added, removed) > THRESHOLDS.smallEvidence) {
    const score = scoreOf(Math.max(added, removed), THRESHOLDS.smallEvidence, certainty);
    // Bare pads look a little like the part that stood on them.
    const unsure = part.score < input.confident && (site.score ?? 1) >= input.confident;
    const kind = unsure ? 'missing-part' : 'wrong-part';
    return finding(kind, score, site.label, site.id, site.box, {});
  }
  const both = Math.sqrt(added * removed);
  if (both <= THRESHOLDS.tallEvidence) return null;
  const score = scoreOf(both, THRESHOLDS.tallEvidence, certainty);
  return finding('wrong-part', score, site.label, site.id, site.box, {});
}

/** Long parts that lie across instead of along: sides exchanged within a quarter. */
function isTurned(site: Box, part: Box): boolean {
  const before = site.width / site.height;
  const after = part.width / part.height;
  return (before > 1.5 && after < 1 / 1.35) || (before < 1 / 1.5 && after > 1.35);
}

/**
 * Parts that should not be there. The evidence must agree: the detector sees the part, saw nothing at that place of
 * the golden photo even at its weak threshold, and the surface there really differs after local alignment.
 */
function unexpectedParts(input: ComparisonInput, known: readonly BoardFinding[]): BoardFinding[] {
  const findings: BoardFinding[] = [];
  for (const part of input.photoParts) {
    if (part.score < input.confident) continue;
    const place = growBox(part.box, input.tolerancePx);
    const wasThere = input.goldenParts.some(
      (golden) =>
        boxIoU(golden.box, part.box) > 0.2 || similarAndNear(golden.box, part.box, input.tolerancePx),
    );
    if (wasThere || known.some(({ box }) => overlapOfSmaller(box, place) > 0.5)) continue;
    const evidence = evidenceIn(input.map, part.box);
    if (evidence.visible < THRESHOLDS.visibleShare || evidence.added < THRESHOLDS.partEvidence) continue;
    if (hasMoved(input, part.box, 'added')) continue;
    const score = scoreOf(evidence.added, THRESHOLDS.partEvidence, part.score);
    if (inParallax(input, part.box) && score < THRESHOLDS.parallaxScore) continue;
    findings.push(finding('unexpected-part', score, part.label, null, part.box, {}));
  }
  return findings;
}

/** Whether most of a place lies where viewpoints differ. */
function inParallax({ map: { evidence, parallax, scale } }: ComparisonInput, box: Box): boolean {
  const here = { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
  return shareIn(parallax, here, evidence.width, evidence.height) > 0.5;
}

/** Whether parallax alone explains a place. */
function hasMoved(
  { map: { evidence, scale } }: ComparisonInput,
  box: Box,
  direction: 'added' | 'removed',
): boolean {
  const here = { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
  return isMoved(findDisplacement(evidence, here, direction));
}

function similarAndNear(a: Box, b: Box, tolerancePx: number): boolean {
  const [ax, ay] = boxCenter(a);
  const [bx, by] = boxCenter(b);
  const sizes = Math.sqrt((a.width * a.height) / (b.width * b.height));
  return (
    Math.hypot(ax - bx, ay - by) < tolerancePx + 0.3 * Math.min(b.width, b.height) && sizes > 0.5 && sizes < 2
  );
}

/** Shared area as a share of the smaller box. */
export function overlapOfSmaller(a: Box, b: Box): number {
  const smaller = Math.min(a.width * a.height, b.width * b.height);
  return smaller === 0 ? 0 : intersectionArea(a, b) / smaller;
}

/** 0.5 at the threshold with a certain detector, rising to 1 with the evidence; an unsure detector lowers it. */
export function scoreOf(evidence: number, threshold: number, certainty: number): number {
  const strength = 1 - 0.5 * Math.exp(-(evidence - threshold) / threshold);
  return Math.round(1000 * strength * (0.5 + 0.5 * Math.min(1, certainty))) / 1000;
}

function judgedShare({ judged, map }: ComparisonInput, box: Box): number {
  return evidenceIn({ ...map, mask: judged }, box).visible;
}

function finding(
  kind: FindingKind,
  score: number,
  label: string | null,
  site: string | null,
  box: Box,
  detail: { seen?: string; distancePx?: number },
): BoardFinding {
  return { kind, score, label, site, box, explanation: explain(kind, { label, site, ...detail }) };
}
