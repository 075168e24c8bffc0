import type { FindingKind, SiteResult } from '../document/index.js';
import { type Box, boxArea, boxCenter, intersectionArea } from '../geometry/index.js';
import type { Site } from '../layout/index.js';
import { assign } from './assign.js';
import { atVariantSite } from './atVariantSite.js';
import type { ChangeRegion } from './changeRegions.js';
import { scoreOf } from './decision.js';
import { explain } from './explain.js';
import type { SeenPart } from './part.js';
import { overlapOfSmaller, seenAt } from './seenAt.js';
import { type Difference, tell } from './tell.js';
import { THRESHOLDS, tooLittleSeen } from './thresholds.js';

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

/** A site, and whether the golden photo shows a part there, as it does unless a variant or rule says otherwise. */
export interface ExpectedSite extends Site {
  shown: boolean;
}

/** All that the comparison of one photo with one reference rests on, in reference-frame pixels. */
export interface ComparisonInput {
  sites: readonly ExpectedSite[];
  /** Parts seen in the golden photo, down to the detector's weak threshold. */
  goldenParts: readonly SeenPart[];
  /** Parts seen in the photo laid onto the reference, down to the same threshold. */
  photoParts: readonly SeenPart[];
  /** Where photo and golden photo differ, strongest first. */
  regions: readonly ChangeRegion[];
  /** Summit, in logits, of which this photo has one by chance (see levelOfPhoto). */
  level: number;
  /** Logits within which chance summits become e times rarer. */
  spread: number;
  /** A finding is told when at most so many as strong are to be expected in a photo of a good board. */
  falseCalls: number;
  /** Share of a box that the photo lets one judge, 0 to 1. */
  visible(box: Box): number;
  /** The strongest change that good boards show at a place, as a logit; -Infinity for none. */
  varies(box: Box): number;
  /** Whether a place is watched closely, so that weaker differences are told. */
  watched(box: Box): boolean;
  /** The rule by which nothing is told at a place, in words; null where there is none. */
  ignored(box: Box): string | null;
  /** What of a difference lies outside of the boxes that are told, as differences of their own. */
  rest(difference: ChangeRegion, told: readonly Box[]): ChangeRegion[];
  /** Displacement that local alignment may have left, in reference pixels. */
  tolerancePx: number;
}

/** A part that a variant forbids is seen or is not: certain, but not more certain than what was measured. */
const VARIANT_FALSE_CALLS = 0.05;

/**
 * Says what the differences between photo and golden photo are: the change map says where and how sure, sites and
 * parts seen say what. Findings come strongest first; a part gives one finding.
 */
export function compareBoard(input: ComparisonInput): Comparison {
  const { told, tolerated } = tell(input);
  const first = explainAll(input, told, tolerated);
  // What is beyond doubt and was taken for one part, but reaches beyond it, may be two of them.
  const boxes = first.findings.map(({ box }) => box);
  const regions = told
    .filter(({ falseCalls }) => falseCalls < THRESHOLDS.certainFalseCalls)
    .flatMap((difference) => input.rest(difference, boxes));
  const rest = tell({ ...input, regions }).told;
  return rest.length === 0 ? first : explainAll(input, [...told, ...rest], tolerated);
}

/** What the photo shows of each site, and what is told. */
interface Comparison {
  findings: BoardFinding[];
  sites: SiteResult[];
}

function explainAll(
  input: ComparisonInput,
  told: readonly Difference[],
  tolerated: readonly Difference[],
): Comparison {
  const partOf = partsOfSites(input);
  const bySite = differencesBySite(input.sites, partOf, told);
  const findings: BoardFinding[] = [];
  const sites = input.sites.map((site, k): SiteResult => {
    const { id, label, expected } = site;
    const rule = input.ignored(site.box);
    if (rule !== null) return { id, label, expected, verdict: 'not-judged', reason: rule };
    const differences = bySite.get(k);
    const visible = input.visible(site.box);
    if (expected === 'optional' || (expected === 'fitted') !== site.shown) {
      const { verdict, reason, kind } = atVariantSite(site, differences ?? [], visible);
      if (kind) findings.push(finding(kind, VARIANT_FALSE_CALLS, { label, site: id }, site.box));
      if (verdict !== 'differs' || kind) return { id, label, expected, verdict, reason };
    }
    if (differences) {
      const finding = atSite(input, site, differences, partOf.get(k) ?? null);
      findings.push(finding);
      return { id, label, expected, verdict: 'differs', reason: finding.explanation };
    }
    if (visible < THRESHOLDS.visibleShare) {
      return { id, label, expected, verdict: 'not-judged', reason: tooLittleSeen(visible) };
    }
    // What is told elsewhere may lie over this site too: then nobody can say that it matches.
    if (told.some(({ box }) => coveredShare(site.box, box) > THRESHOLDS.reachesOver)) {
      return {
        id,
        label,
        expected,
        verdict: 'differs',
        reason: 'a difference that is told beside it reaches over it',
      };
    }
    const reason = tolerated.some(({ box }) => fitOf(box, site.box) > 0.5)
      ? 'it differs from the golden photo no more than good boards do among themselves'
      : null;
    return { id, label, expected, verdict: 'matches', reason };
  });
  const used = new Set([...bySite.values()].flat());
  findings.push(
    ...besideSites(
      input,
      told.filter((difference) => !used.has(difference)),
    ),
  );
  findings.sort((a, b) => b.score - a.score);
  return { findings: onePerPart(findings), sites };
}

/** Each difference belongs to the site that it covers best, or whose part it covers best, if it covers enough of one. */
function differencesBySite(
  sites: readonly Site[],
  partOf: ReadonlyMap<number, SeenPart>,
  told: readonly Difference[],
): Map<number, Difference[]> {
  const bySite = new Map<number, Difference[]>();
  for (const difference of told) {
    let best = -1;
    let most = 0;
    for (const [k, { box }] of sites.entries()) {
      // A part that was moved differs where it was and where it is.
      const part = partOf.get(k);
      const fit = Math.max(fitOf(difference.box, box), part ? fitOf(difference.box, part.box) : 0);
      if (fit > 0.5 && fit > most) {
        most = fit;
        best = k;
      }
    }
    if (best < 0) continue;
    const list = bySite.get(best);
    if (list) list.push(difference);
    else bySite.set(best, [difference]);
  }
  return bySite;
}

/** Share of a place that a difference covers, or the share of it that lies there while it is no mere spot on a large part. */
function fitOf(difference: Box, place: Box): number {
  const ofPlace = coveredShare(place, difference);
  return Math.max(ofPlace, ofPlace > 0.1 ? coveredShare(difference, place) : 0);
}

/** Share of a box that another one covers, 0 to 1. */
function coveredShare(box: Box, cover: Box): number {
  return intersectionArea(box, cover) / boxArea(box);
}

function partsOfSites({ sites, photoParts, tolerancePx }: ComparisonInput): Map<number, SeenPart> {
  const boxes = photoParts.map(({ box }) => box);
  const { pairs } = assign(
    sites.map(({ box }) => box),
    boxes,
    2 * tolerancePx,
  );
  return new Map(pairs.map(([site, part]) => [site, photoParts[part]!]));
}

/** What happened at a site whose surface differs. */
function atSite(
  input: ComparisonInput,
  site: Site,
  differences: readonly Difference[],
  part: SeenPart | null,
): BoardFinding {
  const strongest = differences.reduce((a, b) => (b.falseCalls < a.falseCalls ? b : a));
  const added = Math.max(...differences.map((difference) => difference.added));
  const removed = Math.max(...differences.map((difference) => difference.removed));
  const { falseCalls } = strongest;
  const at = { label: site.label, site: site.id };
  if (site.expected === 'empty') {
    const seen = seenAt(input.photoParts, strongest.box);
    return finding(
      'unexpected-part',
      falseCalls,
      { ...at, label: seen?.label ?? null },
      seen?.box ?? strongest.box,
    );
  }
  const covered =
    differences.reduce((sum, { box }) => sum + intersectionArea(box, site.box), 0) / boxArea(site.box);
  if (removed > added + THRESHOLDS.oneSided && covered > THRESHOLDS.wholeShare) {
    return finding('missing-part', falseCalls, at, site.box);
  }
  if (added > removed + THRESHOLDS.oneSided && covered < THRESHOLDS.wholeShare) {
    return finding(
      'unexpected-part',
      falseCalls,
      { label: seenAt(input.photoParts, strongest.box)?.label ?? null, site: site.id },
      strongest.box,
    );
  }
  if (part && covered > THRESHOLDS.wholeShare) {
    const [ax, ay] = boxCenter(site.box);
    const [bx, by] = boxCenter(part.box);
    const distancePx = Math.hypot(ax - bx, ay - by);
    const side = Math.min(site.box.width, site.box.height);
    const tolerance = Math.max(THRESHOLDS.shiftShare * side, THRESHOLDS.shiftPixels + input.tolerancePx);
    if (isTurned(site.box, part.box)) return finding('rotated-part', falseCalls, at, part.box);
    const sameClass = part.label === site.label || part.labelScore < THRESHOLDS.classScore;
    if (distancePx > tolerance && sameClass) {
      return finding('shifted-part', falseCalls, at, part.box, { distancePx });
    }
    const seen = sameClass ? {} : { seen: part.label };
    return finding('wrong-part', falseCalls, at, part.box, seen);
  }
  return finding('wrong-part', falseCalls, at, covered > THRESHOLDS.wholeShare ? site.box : strongest.box);
}

/** Differences away from all sites: parts where there were none, or changes that no part explains. */
function besideSites(input: ComparisonInput, differences: readonly Difference[]): BoardFinding[] {
  return differences.map(({ box, added, removed, falseCalls }) => {
    const seen = seenAt(input.photoParts, box);
    const before = seenAt(input.goldenParts, box);
    const none = { label: null, site: null };
    if (added > removed + THRESHOLDS.oneSided && !before) {
      // Two witnesses, or one who is certain.
      if (seen || falseCalls < THRESHOLDS.certainFalseCalls) {
        return finding(
          'unexpected-part',
          falseCalls,
          { ...none, label: seen?.label ?? null },
          seen?.box ?? box,
        );
      }
    }
    if (removed > added + THRESHOLDS.oneSided && before && !seen) {
      return finding('missing-part', falseCalls, { ...none, label: before.label }, before.box);
    }
    if (before && seen) return finding('wrong-part', falseCalls, { ...none, label: before.label }, seen.box);
    if (seen) return finding('unexpected-part', falseCalls, { ...none, label: seen.label }, seen.box);
    return finding('unexplained-change', falseCalls, none, box);
  });
}

/** Long parts that lie across instead of along: sides exchanged within a quarter. */
function isTurned(site: Box, part: Box): boolean {
  const before = site.width / site.height;
  const after = part.width / part.height;
  return (before > 1.5 && after < 1 / 1.35) || (before < 1 / 1.5 && after > 1.35);
}

/** Of findings that cover each other the stronger one stays. */
function onePerPart(findings: readonly BoardFinding[]): BoardFinding[] {
  const kept: BoardFinding[] = [];
  for (const next of findings) {
    if (!kept.some(({ box }) => overlapOfSmaller(box, next.box) > 0.6)) kept.push(next);
  }
  return kept;
}

function finding(
  kind: FindingKind,
  falseCalls: number,
  { label, site }: { label: string | null; site: string | null },
  box: Box,
  detail: { seen?: string; distancePx?: number } = {},
): BoardFinding {
  const score = Math.round(1000 * scoreOf(falseCalls)) / 1000;
  return { kind, score, label, site, box, explanation: explain(kind, { label, site, ...detail }) };
}
