import { showControls } from '../escape.js';
import { count, grouped, KIND_WORDS, VERDICT_WORDS, wholePercent } from '../words.js';
import { toLink } from './links.js';
import { byUrgency } from './order.js';
import type { BatchReport, Row } from './row.js';
import { differingWords } from './summary.js';
import { troubles } from './troubles.js';

/** Markdown with tables, as GitHub and GitLab show it: what matters first. Photos that match are only counted. */
export function renderBatchMarkdown({ photos, counts, notice, eachOther }: BatchReport): string {
  const lines = [
    '# Boards scanned',
    '',
    `${count(counts.photos, 'photo')}: ${grouped(counts.differs)} differing, ${grouped(counts.matches)} matching, ${grouped(counts['not-judged'])} not judged, ${grouped(counts.failed)} failed.`,
    '',
    notice,
  ];
  const differing = byUrgency(photos).filter(({ status }) => status === 'differs');
  if (differing.length > 0) {
    lines.push(
      '',
      `## ${differingWords(eachOther)}, worst first`,
      '',
      '| Photo | Findings | Strongest | Score | Judged |',
    );
    lines.push('| --- | ---: | --- | ---: | ---: |', ...differing.map(tableRow));
  }
  const open = troubles(photos);
  if (open.length > 0) lines.push('', '## Without a verdict');
  for (const { reason, hint, rows } of open) {
    lines.push('', `### ${count(rows.length, 'photo')}: ${plain(reason)}`, '');
    if (hint) lines.push(plain(hint), '');
    for (const { path, status } of rows) {
      lines.push(
        `- ${plain(path)} (${status === 'failed' ? 'failed' : VERDICT_WORDS[status].toLowerCase()})`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function tableRow({ path, findings, judgedFraction, folder }: Row): string {
  const first = findings[0];
  const name = folder === null ? plain(path) : `[${plain(path)}](${toLink(`${folder}/report.html`)})`;
  const strongest = first
    ? [KIND_WORDS[first.kind], first.site && plain(first.site)].filter(Boolean).join(' ')
    : '';
  const judged = judgedFraction === null ? '' : wholePercent(judgedFraction);
  return `| ${name} | ${findings.length} | ${strongest} | ${first?.score.toFixed(2) ?? ''} | ${judged} |`;
}

/** Text that means nothing to Markdown nor, inside of it, to HTML. */
function plain(text: string): string {
  return showControls(text).replace(/[!-/:-@[-`{-~]/g, (c) =>
    /[-.,:/ ]/.test(c) ? c : `&#${c.charCodeAt(0)};`,
  );
}
