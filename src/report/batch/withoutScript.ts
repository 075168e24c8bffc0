import { escapeHtml } from '../escape.js';
import { count, KIND_WORDS } from '../words.js';
import { toLink } from './links.js';
import { byUrgency } from './order.js';
import type { Row } from './row.js';
import { troubles } from './troubles.js';

/** Photos that a page without its script lists, of each kind. */
const MOST = 200;

/** The list for browsers that run no scripts: what differs, worst first, and why others have no verdict. */
export function withoutScript(photos: readonly Row[]): string {
  const differing = byUrgency(photos).filter(({ status }) => status === 'differs');
  const groups = troubles(photos).map(
    ({ reason, hint, rows }) => `<h2>${count(rows.length, 'photo')}: ${escapeHtml(reason)}</h2>
${hint ? `<p>${escapeHtml(hint)}</p>` : ''}
${list(rows, ({ path }) => escapeHtml(path))}`,
  );
  return `<noscript>
<p>Scripts are switched off here: this is the short list, without filters. <code>boardiff report DIR --format markdown</code> prints the same.</p>
${differing.length > 0 ? `<h2>Differing, worst first</h2>\n${list(differing, whatDiffers)}` : ''}
${groups.join('\n')}
</noscript>`;
}

function list(rows: readonly Row[], tell: (row: Row) => string): string {
  const more = rows.length > MOST ? `\n<li>and ${rows.length - MOST} more</li>` : '';
  return `<ol>\n${rows
    .slice(0, MOST)
    .map((row) => `<li>${tell(row)}</li>`)
    .join('\n')}${more}\n</ol>`;
}

function whatDiffers({ path, folder, findings }: Row): string {
  const first = findings[0];
  const name = escapeHtml(path);
  const linked = folder === null ? name : `<a href="${toLink(`${folder}/report.html`)}">${name}</a>`;
  return `${linked} ${count(findings.length, 'finding')}${first ? `, ${KIND_WORDS[first.kind]} ${first.score.toFixed(2)}` : ''}`;
}
