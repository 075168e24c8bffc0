import { html } from '../../browser/dom.js';

/** Findings that a row names; it gives the number of the others. */
const NAMED = 3;

/**
 * One photo as a row of the table.
 * @param {import('./types.js').Row} row @param {import('./types.js').SheetData} data
 */
export function drawRow(row, data) {
  const { word, color } = /** @type {{ word: string, color: string }} */ (data.statuses[row.status]);
  const link = row.folder?.split('/').map(encodeURIComponent).join('/');
  const picture = link
    ? html('img', {
        src: `${link}/thumbnail.jpg`,
        alt: '',
        loading: 'lazy',
        decoding: 'async',
        draggable: 'false',
      })
    : html('span', { class: 'no-picture' });
  const cut = row.path.lastIndexOf('/') + 1;
  const name = [
    cut > 0 ? html('bdi', { class: 'folder' }, row.path.slice(0, cut)) : '',
    html('bdi', { class: 'file' }, row.path.slice(cut)),
  ];
  const title = link
    ? html('a', { class: 'name', href: `${link}/report.html`, tabindex: '-1', title: row.path }, ...name)
    : html('span', { class: 'name', tabindex: '-1', title: row.path }, ...name);
  return html(
    'div',
    { role: 'row', class: 'row' },
    html('div', { role: 'cell', class: 'picture' }, picture),
    html('div', { role: 'rowheader', class: 'what' }, title, summaryOf(row, data)),
    html(
      'div',
      { role: 'cell', class: 'verdict' },
      html('span', { class: 'plate', style: `background:${color}` }, word),
    ),
    html('div', { role: 'cell', class: 'number count' }, row.count > 0 ? String(row.count) : '–'),
    html('div', { role: 'cell', class: 'number score' }, row.score < 0 ? '–' : (row.score / 1000).toFixed(2)),
    html('div', { role: 'cell', class: 'number judged' }, row.judged < 0 ? '–' : `${row.judged} %`),
    ...(data.decided ? [html('div', { role: 'cell', class: 'decided' }, decidedOf(row))] : []),
  );
}

/** What was found first, or why there is no verdict. @param {import('./types.js').Row} row @param {import('./types.js').SheetData} data */
function summaryOf({ findings, count, reason }, data) {
  if (reason >= 0) return html('span', { class: 'summary' }, data.reasons[reason]?.reason ?? '');
  const parts = findings.slice(0, NAMED).map(([kind, , label, site, , decision]) => {
    const { word, color } = /** @type {{ word: string, color: string }} */ (data.kinds[kind]);
    const part = [data.labels[label], data.sites[site]].filter(Boolean).join(' ');
    const words = part ? `${word}: ${part}` : word;
    return html(
      'span',
      { class: decision === 1 ? 'finding called' : 'finding' },
      html('span', { class: 'swatch', style: `border-color:${color}` }),
      decision >= 0 ? `${words} (${data.decisions[decision]})` : words,
    );
  });
  if (count > parts.length && parts.length > 0) parts.push(html('span', {}, `+${count - parts.length}`));
  return html('span', { class: 'summary' }, ...parts);
}

/** @param {import('./types.js').Row} row */
function decidedOf({ open, count, escapes, folder }) {
  const missed = escapes > 0 ? `${escapes} escape${escapes === 1 ? '' : 's'}` : '';
  const state = open > 0 ? (open < count ? `${open} of ${count} open` : 'open') : count > 0 ? 'decided' : '';
  return html(
    'span',
    { class: open > 0 ? 'state open' : 'state' },
    [state, missed].filter(Boolean).join(', ') || (folder ? '–' : ''),
  );
}
