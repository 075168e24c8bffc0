import { byId, html, svgElement } from '../../browser/dom.js';

/**
 * The card of the chosen finding: what it is, how strong, why, and where.
 * @param {import('./types.js').Store} store
 * @param {import('./marks.js').Kinds} kinds
 */
export function showDetails(store, kinds) {
  const card = byId('details', HTMLElement);
  const otherwise = [...card.childNodes];
  let drawn = -1;
  const update = () => {
    if (store.selected === drawn) return;
    drawn = store.selected;
    const finding = store.data.findings[drawn];
    if (finding) card.replaceChildren(...rows(finding, store.data.findings.length, kinds));
    else card.replaceChildren(...otherwise);
  };
  store.subscribe(update);
  update();
}

/** The sign of a kind on its plate. @param {string} kind @param {import('./marks.js').Kinds} kinds */
export function signOf(kind, kinds) {
  const { sign, color } = kinds[kind] ?? { sign: '', color: '#fff' };
  const svg = svgElement('svg', { class: 'sign', viewBox: '0 0 16 16', 'aria-hidden': 'true' });
  svg.style.setProperty('--kind', color);
  svg.append(svgElement('path', { d: sign }));
  return svg;
}

/** How strong the evidence is, as a bar and a number. @param {number} score */
export function strengthOf(score) {
  const bar = html('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', String(score));
  return [bar, `${score.toFixed(2)} of 1`];
}

/** @param {import('./types.js').PageFinding} finding @param {number} all @param {import('./marks.js').Kinds} kinds */
function rows(finding, all, kinds) {
  const { name, number, words, kind, explanation, score, label, site, inPhoto, inReference } = finding;
  /** @param {string} term @param {...(Node | string)} what */
  const row = (term, ...what) => html('div', {}, html('dt', {}, term), html('dd', {}, ...what));
  /** @param {string} text @param {string} what */
  const copied = (text, what) =>
    html(
      'button',
      { type: 'button', class: 'copy', 'data-copy': text, 'aria-label': `Copy ${what}` },
      'Copy',
    );
  const place = (/** @type {string} */ term, /** @type {string | null} */ text) =>
    text === null
      ? row(term, term === 'Photo' ? 'outside the photo' : 'none')
      : row(term, html('span', {}, text), copied(text, `the place in the ${term.toLowerCase()}`));
  return [
    html(
      'h2',
      {},
      signOf(kind, kinds),
      `${name} `,
      html('span', {}, words),
      html('small', {}, ` ${number} of ${all}`),
    ),
    html('p', {}, explanation),
    html(
      'dl',
      {},
      row('Strength', ...strengthOf(score)),
      site === null
        ? row('Part', `${label ?? 'not known'}, beside all sites`)
        : row(
            'Site',
            html('span', {}, [site, label].filter(Boolean).join(', ')),
            copied(site, 'the name of the site'),
          ),
      place('Photo', inPhoto),
      place('Reference', inReference),
    ),
  ];
}
