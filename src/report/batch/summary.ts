import pc from 'picocolors';
import { showControls } from '../escape.js';
import { count, grouped, KIND_WORDS } from '../words.js';
import { wrap } from '../wrap.js';
import { countBoards } from './boards.js';
import { byUrgency } from './order.js';
import type { BatchReport, BoardRow } from './row.js';
import { troubles } from './troubles.js';

type Colors = ReturnType<typeof pc.createColors>;

/** Photos or boards that are listed on a terminal; index.html has all. */
const MOST = 20;

/** The list for a terminal: numbers, what differs most, why photos have no verdict. */
export function renderSummary(
  report: BatchReport,
  { color, width }: { color: boolean; width: number },
): string {
  const { counts, notice, photos, boards, eachOther } = report;
  const c = pc.createColors(color);
  const columns = Math.max(40, Math.min(width || 80, 120));
  const lines = [
    `${c.bold(count(counts.photos, 'photo'))}: ${c.red(`${grouped(counts.differs)} differing`)}, ` +
      `${c.green(`${grouped(counts.matches)} matching`)}, ${c.yellow(`${grouped(counts['not-judged'])} not judged`)}, ` +
      `${grouped(counts.failed)} failed.`,
  ];
  if (boards) lines.push(...boardLines(boards, c, columns));
  const differing = byUrgency(photos).filter(({ status }) => status === 'differs');
  if (differing.length > 0) lines.push('', `${differingWords(eachOther)}, worst first:`);
  for (const { path, findings } of differing.slice(0, MOST)) {
    const first = findings[0];
    const what = first ? `, ${KIND_WORDS[first.kind]} ${first.score.toFixed(2)}` : '';
    lines.push(...wrap(`${showControls(path)}: ${count(findings.length, 'finding')}${what}`, columns, '  '));
  }
  if (differing.length > MOST) lines.push(`  and ${grouped(differing.length - MOST)} more`);
  for (const { reason, hint, rows } of troubles(photos)) {
    lines.push('', ...wrap(`${count(rows.length, 'photo')}: ${showControls(reason)}`, columns));
    if (hint) lines.push(...wrap(showControls(hint), columns, '  '));
    for (const { path } of rows.slice(0, 5)) lines.push(...wrap(showControls(path), columns, '  '));
    if (rows.length > 5) lines.push(`  and ${grouped(rows.length - 5)} more`);
  }
  lines.push('', ...wrap(notice, columns).map((line) => c.dim(line)));
  return `${lines.join('\n')}\n`;
}

/** What photos that differ are called: differing says nothing of which board is the good one. */
export function differingWords(eachOther: boolean): string {
  return eachOther ? 'Unlike the other boards of the batch' : 'Differing';
}

/** Boards with their verdicts, those that do not match by name. */
function boardLines(boards: readonly BoardRow[], c: Colors, columns: number): string[] {
  const { differs, matches, 'not-judged': open } = countBoards(boards);
  const lines = [
    `${c.bold(count(boards.length, 'board'))}: ${c.red(`${differs} differing`)}, ` +
      `${c.green(`${matches} matching`)}, ${c.yellow(`${open} not judged`)}.`,
  ];
  const listed = boards.filter(({ verdict }) => verdict !== 'matches');
  for (const { board, verdict, missing, photos } of listed.slice(0, MOST)) {
    const worst = photos.filter(({ status }) => status === 'differs').length;
    const why =
      verdict === 'differs'
        ? `differs (in ${worst} of ${count(photos.length, 'photo')})`
        : `not judged (${missing.join('; ')})`;
    const text = showControls(`${board}: ${why}`);
    lines.push(...wrap(text, columns, '  '));
  }
  if (listed.length > MOST) lines.push(`  and ${listed.length - MOST} more`);
  return lines;
}
