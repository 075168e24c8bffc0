import { byId, html } from '../../browser/dom.js';
import { grouped } from './controls.js';

/**
 * What the boards have in common: findings that recur, and reasons for having no verdict, which filter when pressed; and
 * boards that are unlike the others.
 * @param {import('./types.js').Sheet} sheet
 */
export function handlePanels(sheet) {
  const { data } = sheet;
  const several = data.references.length > 1 && !data.eachOther;
  const recurring = data.recurring.map(({ place, reference, kinds, photos, score }, k) => {
    const press = button(k, place);
    const { word, color } = /** @type {{ word: string, color: string }} */ (data.kinds[kinds[0] ?? 0]);
    const others = kinds.slice(1).map((kind) => data.kinds[kind]?.word);
    const also = others.length === 1 ? `or ${others[0]}` : `or ${others.length} other kinds`;
    press.addEventListener('click', () => toggle('recurring', k));
    return html(
      'tr',
      {},
      html(
        'th',
        { scope: 'row' },
        press,
        several ? html('span', { class: 'soft' }, data.references[reference] ?? '') : '',
      ),
      html(
        'td',
        {},
        html('span', { class: 'swatch', style: `border-color:${color}` }),
        word,
        others.length > 0 ? html('span', { class: 'soft' }, ` ${also}`) : '',
      ),
      html('td', { class: 'number' }, grouped(photos)),
      html('td', { class: 'number' }, (score / 1000).toFixed(2)),
    );
  });
  byId('recurring', HTMLElement).append(...recurring);
  byId('recurring-panel', HTMLElement).hidden = recurring.length === 0;

  const reasons = data.reasons.map(({ reason, hint, photos }, k) => {
    const press = button(k, `${grouped(photos)} photo${photos === 1 ? '' : 's'}`);
    press.addEventListener('click', () => toggle('reason', k));
    return html('li', {}, press, ' ', html('b', {}, reason), hint ? html('p', { class: 'soft' }, hint) : '');
  });
  byId('reasons', HTMLElement).append(...reasons);
  byId('reasons-panel', HTMLElement).hidden = reasons.length === 0;
  const odd = data.standingOut.map(([rank, weak, usual]) => {
    const row = sheet.rows[rank];
    const link = row?.folder?.split('/').map(encodeURIComponent).join('/');
    const words = `${weak} weak differences, the others ${usual} on average`;
    return html(
      'li',
      {},
      html('a', { href: `${link}/report.html` }, html('bdi', {}, row?.path ?? '')),
      ' ',
      html('span', { class: 'soft' }, words),
    );
  });
  byId('odd', HTMLElement).append(...odd);
  byId('odd-panel', HTMLElement).hidden = odd.length === 0;

  const panels = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll('#panels > details')]);
  byId('panels', HTMLElement).hidden = panels.every((panel) => panel.hidden);
  // Where there is no room beside the list, the list comes first.
  const open = matchMedia('(min-width: 70rem)').matches;
  for (const panel of panels) panel.open = open;

  // On paper nothing can be opened.
  let closed = /** @type {HTMLDetailsElement[]} */ ([]);
  addEventListener('beforeprint', () => {
    closed = panels.filter((panel) => !panel.open);
    for (const panel of closed) panel.open = true;
  });
  addEventListener('afterprint', () => {
    for (const panel of closed) panel.open = false;
  });

  /** @param {'recurring' | 'reason'} what @param {number} k */
  function toggle(what, k) {
    const other = what === 'recurring' ? { reason: -1 } : { recurring: -1 };
    sheet.choose({ ...other, [what]: sheet.choice[what] === k ? -1 : k });
  }
  const update = () => {
    const { choice } = sheet;
    for (const [list, chosen] of /** @type {const} */ ([
      ['recurring', choice.recurring],
      ['reasons', choice.reason],
    ]))
      for (const press of byId(list, HTMLElement).querySelectorAll('button'))
        press.setAttribute('aria-pressed', String(press.dataset['key'] === String(chosen)));
  };
  sheet.subscribe((what) => {
    if (what === 'choice') update();
  });
  update();
}

/** @param {number} key @param {string} text */
function button(key, text) {
  return html('button', { type: 'button', class: 'press', 'data-key': key }, text);
}
