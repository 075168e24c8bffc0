import { escapeHtml } from '../escape.js';
import { htmlHead } from '../htmlHead.js';
import { STYLE } from '../style.js';
import { count, KIND_WORDS, VERDICT_COLORS, VERDICT_WORDS, wholePercent } from '../words.js';
import { countBoards } from './boards.js';
import { toLink } from './links.js';
import { byUrgency } from './order.js';
import type { BatchReport, BoardRow, Row } from './row.js';
import { troubles } from './troubles.js';

/** Nothing runs; thumbnails lie beside the page. */
const POLICY = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'";

/** What a table of boards adds to the look of a report. */
const MORE_STYLE = `
.boards tbody th { width: auto; color: inherit; }
.boards td, .boards th { vertical-align: middle; padding-right: 1rem; }
.boards img { width: 6rem; height: 4rem; object-fit: contain; display: block; background: var(--empty); border-radius: .2rem; }
.boards .number { text-align: right; white-space: nowrap; }
.counts { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; font-size: 1.2rem; margin: 0; padding: 0; list-style: none; }
.plate { color: #fff; padding: .1rem .5rem; border-radius: .2rem; font-size: .8rem; font-weight: 700; letter-spacing: .03em; white-space: nowrap; }
a { color: inherit; }
ul.photos { margin: .4rem 0 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
h2 + p, h3 + p { color: var(--soft); }
h3 { margin-top: 1.25rem; }
`;

/**
 * The list to act on: boards that differ first, worst first, with links to their reports; then photos without a
 * verdict by reason, with what to do; then those that match. It runs nothing and loads thumbnails beside it alone.
 */
export function renderIndex(report: BatchReport): string {
  const { counts, notice, references, photos, boards } = report;
  const rows = byUrgency(photos);
  const differing = rows.filter(({ status }) => status === 'differs');
  const matching = rows.filter(({ status }) => status === 'matches');
  const numbers = [
    `${counts.differs} differing`,
    `${counts.matches} matching`,
    `${counts['not-judged']} not judged`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
  ];
  const against = references.length > 0 ? ` <span>against</span> ${escapeHtml(references.join(', '))}` : '';
  return `${htmlHead(`${count(counts.photos, 'photo')}, ${counts.differs} differing`, POLICY, STYLE + MORE_STYLE)}
<body>
<main>
<header>
<p class="board">${count(counts.photos, 'photo')}${against}</p>
<h1>Boards scanned</h1>
<ul class="counts">${numbers.map((text) => `<li>${text}</li>`).join('')}</ul>
<p class="notice">${escapeHtml(notice)}</p>
</header>
${boards ? boardSection(boards) : ''}
${section('Differing, worst first', differing)}
${withoutVerdict(photos)}
${section('Matching', matching)}
</main>
</body>
</html>
`;
}

/** Boards of several photos, with a link to each of these. */
function boardSection(boards: readonly BoardRow[]): string {
  const { differs, matches, 'not-judged': open } = countBoards(boards);
  const head = ['Board', 'Verdict', 'Photos'].map((name) => `<th scope="col">${name}</th>`);
  const rows = boards.map(({ board, verdict, photos }) => {
    const items = photos.map((photo) => {
      const about = [photo.side, photo.shot].filter(Boolean).map((text) => ` ${escapeHtml(text!)}`);
      return `<li>${nameOf(photo)}${about.join('')} ${plate(photo.status)}</li>`;
    });
    return `<tr><th scope="row">${escapeHtml(board)}</th><td>${plate(verdict)}</td><td><ul class="photos">${items.join('')}</ul></td></tr>`;
  });
  return `<section>
<h2>${count(boards.length, 'board')}: ${differs} differing, ${matches} matching, ${open} not judged</h2>
<table class="boards"><thead><tr>${head.join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
</section>`;
}

function section(title: string, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const head = ['', 'Photo', 'Verdict', 'Findings', 'Strongest', 'Score', 'Judged'].map((name) => {
    const number = ['Findings', 'Score', 'Judged'].includes(name) ? ' class="number"' : '';
    return `<th scope="col"${number}>${name}</th>`;
  });
  return `<section>
<h2>${title}</h2>
<table class="boards"><thead><tr>${head.join('')}</tr></thead><tbody>
${rows.map(tableRow).join('\n')}
</tbody></table>
</section>`;
}

function tableRow(row: Row): string {
  const { status, findings, judgedFraction, folder } = row;
  const first = findings[0];
  const strongest = first ? [KIND_WORDS[first.kind], first.label, first.site].filter(Boolean).join(', ') : '';
  const picture = folder
    ? `<img src="${toLink(`${folder}/thumbnail.jpg`)}" alt="" loading="lazy" width="96" height="64">`
    : '';
  return (
    `<tr><td>${picture}</td><th scope="row">${nameOf(row)}</th><td>${plate(status)}</td>` +
    `<td class="number">${findings.length}</td><td>${escapeHtml(strongest)}</td>` +
    `<td class="number">${first?.score.toFixed(2) ?? ''}</td>` +
    `<td class="number">${judgedFraction === null ? '' : wholePercent(judgedFraction)}</td></tr>`
  );
}

function withoutVerdict(photos: readonly Row[]): string {
  const groups = troubles(photos);
  if (groups.length === 0) return '';
  const blocks = groups.map(
    ({ reason, hint, rows }) => `<h3>${count(rows.length, 'photo')}: ${escapeHtml(reason)}</h3>
${hint ? `<p>${escapeHtml(hint)}</p>` : ''}
<ul class="photos">${rows.map((row) => `<li>${nameOf(row)} ${plate(row.status)}</li>`).join('\n')}</ul>`,
  );
  return `<section>\n<h2>Without a verdict, by reason</h2>\n${blocks.join('\n')}\n</section>`;
}

function nameOf({ path, folder }: Pick<Row, 'path' | 'folder'>): string {
  const name = escapeHtml(path);
  return folder === null ? name : `<a href="${toLink(`${folder}/report.html`)}">${name}</a>`;
}

function plate(status: Row['status']): string {
  const color = status === 'failed' ? '#5b6570' : VERDICT_COLORS[status];
  return `<span class="plate" style="background:${color}">${status === 'failed' ? 'FAILED' : VERDICT_WORDS[status]}</span>`;
}
