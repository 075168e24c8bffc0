import { byId, html } from '../../browser/dom.js';
import { regionOf, siteOf } from './edits.js';
import { EXPECTED, RULE_WORDS } from './marks.js';

/** What is known about the site or region that is pointed at, else about the chosen one. @param {import('./types.js').Store} store */
export function showDetails(store) {
  const card = byId('details', HTMLElement);
  const update = () => {
    // While editing, the form holds the chosen one, and what is pointed at has its name beside it.
    const key = store.editable ? null : (store.hovered ?? store.selected);
    const site = siteOf(store.layout, key);
    const region = regionOf(store.layout, key);
    const [title, rows] = site ? siteRows(site, store) : region ? regionRows(region) : ['', []];
    card.hidden = store.editable && store.selected !== null;
    if (title === '') {
      const how = store.editable
        ? 'Click a site to change it, or choose one from the list.'
        : 'Point at a site, or choose one from the list.';
      card.replaceChildren(html('p', { class: 'soft' }, how));
      return;
    }
    const lines = rows.map(([term, text]) => html('div', {}, html('dt', {}, term), html('dd', {}, text)));
    card.replaceChildren(html('h2', {}, title), html('dl', {}, ...lines));
  };
  store.subscribe(update);
  update();
}

/** @param {import('./types.js').Site} site @param {import('./types.js').Store} store @returns {[string, [string, string][]]} */
function siteRows(site, { layout }) {
  const { label, expected, part, rotation, variants, risk, box, score } = site;
  const { mmPerPixel } = layout.frame;
  /** @type {[string, string][]} */
  const rows = [
    ['class', label ?? 'unknown'],
    ['expects', EXPECTED[expected].word],
  ];
  for (const [name, other] of Object.entries(variants ?? {})) rows.push([`in ${name}`, EXPECTED[other].word]);
  if (part) rows.push(['part', part]);
  if (rotation !== undefined) rows.push(['rotation', `${rotation}°`]);
  if (risk) rows.push(['watched', 'high risk']);
  rows.push(['place', `${whole(box.x)}, ${whole(box.y)} px`]);
  const size = `${whole(box.width)} × ${whole(box.height)} px`;
  const mm = mmPerPixel
    ? `, ${(box.width * mmPerPixel).toFixed(1)} × ${(box.height * mmPerPixel).toFixed(1)} mm`
    : '';
  rows.push(['size', size + mm]);
  if (score !== null) rows.push(['seen with', `${Math.round(100 * score)} % certainty`]);
  return [site.id, rows];
}

/** @param {import('./types.js').Region} region @returns {[string, [string, string][]]} */
function regionRows({ id, rule, note, polygon }) {
  /** @type {[string, string][]} */
  const rows = [
    ['region', RULE_WORDS[rule]],
    ['corners', String(polygon.length)],
  ];
  if (note) rows.push(['note', note]);
  return [id, rows];
}

/** @param {number} value */
function whole(value) {
  return String(Math.round(value));
}
