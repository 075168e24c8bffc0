import {
  type FindingKind,
  type Inspection,
  isBatchItself,
  type NotJudgedReason,
  type Verdict,
} from '../document/index.js';
import { wholePercent } from '../percent.js';

export { wholePercent };

/** Finding kinds in words. */
export const KIND_WORDS: Record<FindingKind, string> = {
  'unexpected-part': 'unexpected part',
  'missing-part': 'missing part',
  'shifted-part': 'shifted part',
  'rotated-part': 'rotated part',
  'wrong-part': 'wrong part',
  'unexplained-change': 'unexplained change',
};

/**
 * A colour for each kind, told apart by colour-blind eyes too and bright on any solder mask.
 * After Okabe and Ito, Color Universal Design, 2008; their vermilion a little brighter.
 */
export const KIND_COLORS: Record<FindingKind, string> = {
  'unexpected-part': '#ff5a36',
  'missing-part': '#56b4e9',
  'shifted-part': '#f0e442',
  'rotated-part': '#d98cb8',
  'wrong-part': '#e69f00',
  'unexplained-change': '#ffffff',
};

/** What a rule of the reference does, in words. */
export const RULE_WORDS: Record<Inspection['rules'][number]['rule'], string> = {
  ignore: 'ignored',
  'high-risk': 'watched closely',
  tolerance: 'accepted for a time',
};

/** Verdicts as they head a report. */
export const VERDICT_WORDS: Record<Verdict, string> = {
  matches: 'MATCHES',
  differs: 'DIFFERS',
  'not-judged': 'NOT JUDGED',
};

/** Ground of the verdict plate; white letters on it have a contrast of 5 and more. */
export const VERDICT_COLORS: Record<Verdict, string> = {
  matches: '#1f7a4d',
  differs: '#b3261e',
  'not-judged': '#8a5a00',
};

/** Why a place was not judged, to follow a number or a name. */
export const REASON_WORDS: Record<NotJudgedReason, string> = {
  glare: 'washed out',
  shadow: 'too dark',
  blur: 'blurred',
  // From aside tall parts look like something over the board.
  occluded: 'covered or unlike',
  'out-of-frame': 'outside of the photo',
  parallax: 'seen too much from the side',
  resolution: 'too small in the photo',
};

/** What the verdict means for this board, in one sentence. */
export function verdictSentence({
  verdict,
  findings,
  coverage,
  registration,
  rules,
  reference,
}: Inspection): string {
  if (registration.status === 'refused') {
    return `This photo was not compared: ${withoutStop(registration.reason ?? 'it could not be lined up with the reference')}.`;
  }
  const judged = `${wholePercent(coverage.judgedFraction)} of the board could be judged`;
  if (findings.length > 0) return `${count(findings.length, 'finding')}; ${judged}.`;
  const other = isBatchItself(reference) ? 'the other boards of the batch' : 'the reference';
  const accepted = rules.reduce((sum, { silenced }) => sum + (silenced?.length ?? 0), 0);
  if (verdict === 'matches' && accepted > 0)
    return `No difference from ${other} but ${count(accepted, 'difference')} accepted for a time; ${judged}.`;
  if (verdict === 'matches') return `No difference from ${other} found; ${judged}.`;
  if (verdict === 'differs') return `The board differs from ${other}; ${judged}.`;
  return `No difference found in what could be seen, but ${coverage.missing[0] ?? `only ${judged}`}.`;
}

/** What to do next, in one sentence. */
export function nextStep({ verdict, registration, findings, coverage }: Inspection): string {
  if (registration.status === 'refused') {
    return 'Take the photo again: the same side of the same board, sharp, evenly lit, as large in the frame as fits.';
  }
  const first = findings[0];
  if (first) {
    return `Look at the board itself at ${first.id}${findings.length > 1 ? ' first, then at the others in order' : ''}.`;
  }
  if (verdict === 'matches') return 'No place asks for a second look; keep the report with the board.';
  if (verdict === 'differs') return 'Look at the board itself beside the reference.';
  const largest = largestOpen(coverage);
  if (largest) return `Take another photo. ${largest.advice}`;
  return 'Take another photo that shows the rest, without glare and with the whole board in the frame.';
}

/** The largest place that could not be judged; undefined where all was. */
export function largestOpen({
  notJudged,
}: Inspection['coverage']): Inspection['coverage']['notJudged'][number] | undefined {
  const area = ({ referenceBox: { width, height } }: (typeof notJudged)[number]) => width * height;
  return [...notJudged].sort((a, b) => area(b) - area(a))[0];
}

/** "1 finding", "2 findings", "5,000 findings". */
export function count(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** 5,000 */
export function grouped(number: number): string {
  return number.toLocaleString('en');
}

/** What the verdict was asked with; `null` where the document does not say. */
export function settingsWords({ settings }: Inspection): string | null {
  if (!settings) return null;
  const { sites, surface } = settings.minCoverage;
  return (
    `${count(settings.falseCalls, 'false call')} expected in a photo of a good board; ` +
    `a match needs ${wholePercent(sites)} of the sites and ${wholePercent(surface)} of the surface judged`
  );
}

/** The smallest part that would have shown, in words; `null` when it is not known. */
export function smallestPart({ coverage }: Inspection): string | null {
  const { smallestVisiblePartMm, smallestVisiblePartPx } = coverage;
  if (smallestVisiblePartMm !== null) return `${smallestVisiblePartMm.toFixed(1)} mm`;
  if (smallestVisiblePartPx !== null) return `${Math.round(smallestVisiblePartPx)} px of the reference`;
  return null;
}

/** "412, 80 px, 26 × 18 px": corner and size. */
export function placeWords(box: { x: number; y: number; width: number; height: number }): string {
  return `${Math.round(box.x)}, ${Math.round(box.y)} px, ${Math.round(box.width)} × ${Math.round(box.height)} px`;
}

function withoutStop(text: string): string {
  return text.replace(/\.\s*$/, '');
}
