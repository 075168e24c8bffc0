import { basename } from 'node:path';
import pc from 'picocolors';
import {
  type Finding,
  type FindingKind,
  type Inspection,
  isBatchItself,
  type NotJudgedReason,
} from '../document/index.js';
import { showControls } from './escape.js';
import {
  count,
  KIND_WORDS,
  nextStep,
  placeWords,
  REASON_WORDS,
  RULE_WORDS,
  smallestPart,
  VERDICT_WORDS,
  verdictSentence,
  wholePercent,
} from './words.js';
import { wrap } from './wrap.js';

/** Options of {@link renderTable}. */
export interface TableOptions {
  /** Whether to colour the text with terminal escapes. */
  color: boolean;
  /** Columns to fit into, at least 40; longer lines than 120 are hard to read and not made. */
  width: number;
}

/** Sentences of advice that are given at most, one a reason. */
const MOST_ADVICE = 3;

type Colors = ReturnType<typeof pc.createColors>;

/** A terminal's nearest to the colours of the picture. */
const KIND_PAINT: Record<FindingKind, keyof Colors & ('red' | 'blue' | 'yellow' | 'magenta' | 'cyan')> = {
  'unexpected-part': 'red',
  'missing-part': 'blue',
  'shifted-part': 'yellow',
  'rotated-part': 'magenta',
  'wrong-part': 'yellow',
  'unexplained-change': 'cyan',
};

/** The inspection for a terminal: verdict first, then findings, what was not judged, and the notice. */
export function renderTable(inspection: Inspection, { color, width }: TableOptions): string {
  const c = pc.createColors(color);
  const columns = Math.max(40, Math.min(width || 80, 120));
  const paint = { matches: c.green, differs: c.red, 'not-judged': c.yellow }[inspection.verdict];
  const word = VERDICT_WORDS[inspection.verdict];
  const names = `${basename(inspection.photo.path) || 'photo'} against ${inspection.reference.name}`;
  const head = wrap(names, columns - word.length - 2);
  const lines = [
    `${c.bold(paint(word))}  ${head[0]}`,
    ...head.slice(1).map((line) => `${' '.repeat(word.length + 2)}${line}`),
    ...wrap(verdictSentence(inspection), columns),
    ...wrap(nextStep(inspection), columns),
    '',
  ];
  if (inspection.findings.length > 0) lines.push(...findingLines(inspection.findings, columns, c), '');
  for (const fact of facts(inspection)) lines.push(...wrap(fact, columns));
  lines.push(...wrap(inspection.notice, columns).map((line) => c.dim(line)));
  return `${lines.join('\n')}\n`;
}

function findingLines(findings: readonly Finding[], columns: number, c: Colors): string[] {
  const rows = findings.map(({ id, kind, score, label, site, box }) => ({
    id: showControls(id),
    kind: KIND_WORDS[kind],
    score: score.toFixed(2),
    what: showControls([label, site].filter((text) => text !== null).join(' ')),
    place: box ? `at ${placeWords(box)}` : 'outside the photo',
  }));
  const widest = (key: keyof (typeof rows)[number]) => Math.max(...rows.map((row) => row[key].length));
  const id = widest('id');
  const kind = widest('kind');
  // What does not fit beside the rest goes below it; one long name does not push all others aside.
  const what = Math.min(24, widest('what'));
  const indent = ' '.repeat(id + 2);
  return rows.flatMap((row, k) => {
    const finding = findings[k]!;
    const head = `${row.id.padEnd(id)}  ${row.kind.padEnd(kind)}  ${row.score}`;
    const paint = c[KIND_PAINT[finding.kind]];
    const full = `${head}  ${row.what.padEnd(what)}  ${row.place}`;
    const oneLine = full.length <= columns;
    const plain = oneLine ? full : head;
    const painted = `${c.bold(row.id)}${plain.slice(row.id.length).replace(row.kind, paint(row.kind))}`;
    const below = oneLine ? [] : wrap([row.what, row.place].filter(Boolean).join(', '), columns, indent);
    return [painted.trimEnd(), ...below, ...wrap(finding.explanation, columns, indent)];
  });
}

function facts(inspection: Inspection): string[] {
  const { registration, reference, coverage, sites } = inspection;
  if (registration.status === 'refused') {
    return [`Registration refused; ${count(registration.inliers, 'point')} agreed with the reference.`];
  }
  const residual = registration.residualPx === null ? '' : ` within ${registration.residualPx.toFixed(2)} px`;
  const lines = [
    `Registration: ${count(registration.inliers, 'point')} agree${registration.inliers === 1 ? 's' : ''}${residual}.`,
    `Coverage: ${wholePercent(coverage.judgedFraction)} of the board${inspection.photos.length > 1 ? `, in ${inspection.photos.length} photos` : ''}${
      reference.goodBoards > 1
        ? `, against ${reference.goodBoards} ${isBatchItself(reference) ? 'boards of the batch' : 'good boards'}`
        : ''
    }.`,
  ];
  const smallest = smallestPart(inspection);
  if (smallest) lines.push(`Parts below about ${smallest} would not be seen.`);
  if (sites.length > 0) {
    const number = (verdict: string) => sites.filter((site) => site.verdict === verdict).length;
    lines.push(
      `Sites: ${number('matches')} match, ${number('differs')} differ, ${number('not-judged')} not judged.`,
    );
  }
  for (const { id, rule, note, silenced = [] } of inspection.rules) {
    if (rule === 'tolerance') {
      if (silenced.length > 0)
        lines.push(`Accepted: ${count(silenced.length, 'difference')} by ${showControls(`${id}, ${note}`)}.`);
      continue;
    }
    lines.push(`Rule: region "${showControls(id)}" is ${RULE_WORDS[rule]}.`);
  }
  if (reference.lacks.includes('outline') || reference.lacks.includes('body-size')) {
    lines.push(`The source of the sites gives no ${reference.lacks.join(', ')}.`);
  }
  for (const what of coverage.missing) lines.push(`For a match: ${showControls(what)}.`);
  lines.push(...unjudgedLines(coverage.notJudged));
  return lines;
}

/** How many places for which reasons, and what to do about the largest. */
function unjudgedLines(notJudged: Inspection['coverage']['notJudged']): string[] {
  if (notJudged.length === 0) return [];
  const counts = new Map<NotJudgedReason, number>();
  for (const { reason } of notJudged) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([reason, number]) => `${number} ${REASON_WORDS[reason]}`);
  const largest = [...notJudged].sort((a, b) => areaOf(b.referenceBox) - areaOf(a.referenceBox));
  const advice = new Map<NotJudgedReason, string>();
  for (const place of largest) if (!advice.has(place.reason)) advice.set(place.reason, place.advice);
  return [
    `Not judged: ${count(notJudged.length, 'place')}: ${reasons.join(', ')}.`,
    ...[...advice.values()].slice(0, MOST_ADVICE).map((sentence) => `  ${showControls(sentence)}`),
  ];
}

const areaOf = ({ width, height }: { width: number; height: number }) => width * height;
