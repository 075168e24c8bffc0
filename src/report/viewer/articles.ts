import { escapeHtml } from '../escape.js';
import type { Box, PageFinding } from './browser/types.js';
import { kindSign } from './kindMarks.js';

/** What stands of a finding on paper, and where scripts are switched off: the finding in words and both crops. */
export function article(finding: PageFinding, stroke: string): string {
  const { name, kind, words, score, site, label, explanation, inPhoto, inReference } = finding;
  const rows = [
    ['Strength', `${score.toFixed(2)} of 1`],
    site === null
      ? ['Part', `${label ?? 'not known'}, beside all sites`]
      : ['Site', [site, label].filter(Boolean).join(', ')],
    ['Photo', inPhoto ?? 'outside the photo'],
    ['Reference', inReference ?? 'none'],
  ];
  const list = rows.map(([key, value]) => `<div><dt>${key}</dt><dd>${escapeHtml(value!)}</dd></div>`);
  const { square, place, golden, picture } = finding;
  const views =
    square && place
      ? [
          golden && view('Reference', golden, square, place, stroke),
          picture && view('Photo', picture, square, place, stroke),
        ]
      : [];
  return `<article>
<div>
<h3>${kindSign(kind)}${escapeHtml(name)} <span>${words}</span></h3>
<p>${escapeHtml(explanation)}</p>
<dl>${list.join('')}</dl>
</div>
<div class="pair">${views.filter(Boolean).join('')}</div>
</article>`;
}

function view(name: string, id: string, square: Box, place: Box, stroke: string): string {
  const unit = square.width / 100;
  const box = `x="${place.x}" y="${place.y}" width="${place.width}" height="${place.height}" fill="none"`;
  return (
    `<figure><svg viewBox="${square.x} ${square.y} ${square.width} ${square.height}" role="img" aria-label="${name}"><use href="#${id}"/>` +
    `<rect ${box} stroke="#000" stroke-width="${(2 * unit).toFixed(2)}"/><rect ${box} stroke="${stroke}" stroke-width="${unit.toFixed(2)}"/></svg>` +
    `<figcaption>${name}</figcaption></figure>`
  );
}
