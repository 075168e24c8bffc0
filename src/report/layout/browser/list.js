import { announce, byId, html, setAll } from '../../browser/dom.js';
import { boxOf } from './edits.js';
import { classColor, EXPECTED, expectedIn, RULE_WORDS } from './marks.js';
import { passesFilter } from './store.js';

/**
 * The list of sites and regions: the way through the layout by keyboard and by ear.
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 */
export function handleList(store, view) {
  const list = byId('list', HTMLElement);
  const counted = byId('counted', HTMLElement);
  let drawn = '';
  /** @type {string | null} */
  let inSight = null;
  /** @type {string[]} */
  let keys = [];

  const update = () => {
    const rows = rowsOf(store);
    const signature = JSON.stringify(rows);
    if (signature !== drawn) {
      drawn = signature;
      keys = rows.map(({ key }) => key);
      list.replaceChildren(...rows.map(drawRow));
      const shown = rows.filter(({ key }) => key.startsWith('site:')).length;
      const all = store.layout.sites.length;
      counted.textContent = shown === all ? `${all} sites` : `${shown} of ${all} sites`;
    }
    for (const row of list.children) {
      const key = row.getAttribute('data-key');
      row.setAttribute('aria-selected', String(key === store.selected));
      row.classList.toggle('hovered', key === store.hovered);
    }
    const row = rowOf(store.selected);
    setAll(list, { 'aria-activedescendant': row?.id });
    // Only when another one is chosen: whoever scrolls on to look around stays there.
    if (row && store.selected !== inSight) scrollTo(row);
    inSight = store.selected;
  };
  /** @param {string | null} key */
  const rowOf = (key) => (key ? (list.children[keys.indexOf(key)] ?? null) : null);
  /** Scrolls the list alone: scrollIntoView would scroll what lies around it too. @param {Element} row */
  const scrollTo = (row) => {
    const [inner, outer] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top + 8;
    else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom + 8;
  };
  /** @param {string | null | undefined} key */
  const choose = (key) => {
    if (!key) return;
    store.set({ selected: key });
    const box = boxOf(store.layout, key);
    if (box) view.reveal(box);
  };

  list.addEventListener('click', ({ target }) => {
    if (target instanceof Element) choose(target.closest('[data-key]')?.getAttribute('data-key'));
  });
  list.addEventListener('pointerover', ({ target }) => {
    const key = target instanceof Element ? target.closest('[data-key]')?.getAttribute('data-key') : null;
    if (key !== undefined && key !== store.hovered) store.set({ hovered: key });
  });
  list.addEventListener('pointerleave', () => store.set({ hovered: null }));
  list.addEventListener('keydown', (event) => {
    const at = store.selected ? keys.indexOf(store.selected) : -1;
    /** @type {Record<string, number>} */
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: keys.length - 1,
      PageDown: at + 10,
      PageUp: at - 10,
    };
    const next = to[event.key];
    if (next === undefined || keys.length === 0) return;
    event.preventDefault();
    choose(keys[Math.max(0, Math.min(keys.length - 1, next))]);
  });
  let last = store.selected;
  store.subscribe(() => {
    update();
    if (store.selected === last) return;
    last = store.selected;
    if (last && document.activeElement !== list) announce(rowOf(last)?.textContent ?? '');
  });
  update();
}

/** @param {import('./types.js').Store} store */
function rowsOf(store) {
  const { layout, variant, classes } = store;
  const sites = layout.sites
    .filter((site) => passesFilter(store, site, expectedIn(site, variant)))
    .map((site) => {
      const { letter, word } = EXPECTED[expectedIn(site, variant)];
      const more = [site.label ?? 'unknown', site.part, site.risk ? 'high risk' : undefined].filter(Boolean);
      return {
        key: `site:${site.id}`,
        name: site.id,
        letter,
        word,
        more: more.join(', '),
        color: classColor(site.label, classes),
      };
    });
  const regions = layout.regions.map(({ id, rule, note }) => ({
    ...{ key: `region:${id}`, name: id, letter: '', word: `${RULE_WORDS[rule]} region` },
    ...{ more: note ?? '', color: '' },
  }));
  return [...sites, ...regions];
}

/** @param {ReturnType<typeof rowsOf>[number]} row @param {number} index */
function drawRow({ key, name, letter, word, more, color }, index) {
  const swatch = html('span', { class: `swatch ${word}`, 'aria-hidden': 'true' }, letter);
  if (color) swatch.style.setProperty('--class', color);
  else swatch.classList.add('none');
  const words = html('span', { class: 'more' }, `${more}${more ? ', ' : ''}${word}`);
  const row = html(
    'li',
    { role: 'option', id: `row-${index}`, 'data-key': key },
    swatch,
    html('b', {}, name),
    ' ',
    words,
  );
  return row;
}
