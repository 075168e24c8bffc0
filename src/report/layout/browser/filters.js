import { byId, html } from '../../browser/dom.js';
import { classColor, EXPECTED, expectedIn } from './marks.js';

/**
 * What is shown: text, expectations, classes, the fitting, and the layers of the picture.
 * @param {SVGSVGElement} svg
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 */
export function handleFilters(svg, store, view) {
  const text = byId('filter-text', HTMLInputElement);
  text.addEventListener('input', () => store.set({ filter: { ...store.filter, text: text.value } }));

  const expectations = byId('filter-expected', HTMLElement);
  const classes = byId('filter-class', HTMLElement);
  const variant = byId('variant', HTMLSelectElement);
  variant.addEventListener('change', () => store.set({ variant: variant.value }));

  /** @param {Set<any>} hidden @param {string} value */
  const toggle = (hidden, value) => {
    if (!hidden.delete(value)) hidden.add(value);
    store.set({ filter: store.filter });
  };
  expectations.addEventListener('click', ({ target }) => {
    const value = target instanceof Element ? target.closest('button')?.value : undefined;
    if (value !== undefined) toggle(store.filter.hiddenExpectations, value);
  });
  classes.addEventListener('click', ({ target }) => {
    const value = target instanceof Element ? target.closest('button')?.value : undefined;
    if (value !== undefined) toggle(store.filter.hiddenClasses, value);
  });

  let drawn = '';
  const update = () => {
    const { sites, variants } = store.layout;
    const byExpected = count(sites, (site) => expectedIn(site, store.variant));
    const byClass = count(sites, (site) => site.label ?? '');
    const signature = JSON.stringify([[...byExpected], [...byClass], variants, store.variant]);
    if (signature !== drawn) {
      drawn = signature;
      const words = /** @type {import('./types.js').Expectation[]} */ (Object.keys(EXPECTED));
      fill(
        expectations,
        words.map((word) => chip(word, word, byExpected.get(word) ?? 0, EXPECTED[word].letter, word, '')),
      );
      const known = store.classes.filter((label) => byClass.has(label));
      const labels = byClass.has('') ? [...known, ''] : known;
      fill(
        classes,
        labels.map((label) =>
          chip(
            label,
            label || 'unknown class',
            byClass.get(label) ?? 0,
            '',
            'fitted',
            classColor(label || null, store.classes),
          ),
        ),
      );
      variant.replaceChildren(
        html('option', { value: '' }, 'usual'),
        ...variants.map((name) => html('option', { value: name }, name)),
      );
      variant.value = store.variant;
      byId('variant-field', HTMLElement).hidden = variants.length === 0;
    }
    for (const button of expectations.querySelectorAll('button'))
      button.setAttribute(
        'aria-pressed',
        String(!store.filter.hiddenExpectations.has(/** @type {any} */ (button.value))),
      );
    for (const button of classes.querySelectorAll('button'))
      button.setAttribute('aria-pressed', String(!store.filter.hiddenClasses.has(button.value)));
  };
  store.subscribe(update);
  update();

  for (const box of document.querySelectorAll('[data-layer]')) {
    if (!(box instanceof HTMLInputElement)) continue;
    const apply = () => svg.classList.toggle(`without-${box.dataset['layer']}`, !box.checked);
    box.addEventListener('change', apply);
    apply();
  }
  byId('zoom-in', HTMLElement).addEventListener('click', () => view.zoom(1.4));
  byId('zoom-out', HTMLElement).addEventListener('click', () => view.zoom(1 / 1.4));
  byId('zoom-fit', HTMLElement).addEventListener('click', () => view.fit());
  const percent = byId('zoom-percent', HTMLElement);
  const tell = () => {
    percent.textContent = `${Math.round(100 / view.scale)} %`;
  };
  view.subscribe(tell);
  tell();
}

/** Puts buttons into a group without losing the focus of the one that was pressed. @param {HTMLElement} group @param {HTMLElement[]} buttons */
function fill(group, buttons) {
  const focused = document.activeElement instanceof HTMLButtonElement ? document.activeElement.value : null;
  const within = group.contains(document.activeElement);
  group.replaceChildren(...buttons);
  if (within)
    buttons.find((button) => button instanceof HTMLButtonElement && button.value === focused)?.focus();
}

/** @param {string} value @param {string} word @param {number} number @param {string} letter @param {string} line @param {string} color */
function chip(value, word, number, letter, line, color) {
  const swatch = html('span', { class: `swatch ${line}`, 'aria-hidden': 'true' }, letter);
  if (color) swatch.style.setProperty('--class', color);
  return html(
    'button',
    { type: 'button', class: 'chip', value },
    swatch,
    word,
    html('span', { class: 'number' }, ` ${number}`),
  );
}

/** @template T @param {readonly T[]} items @param {(item: T) => string} by */
function count(items, by) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const item of items) counts.set(by(item), (counts.get(by(item)) ?? 0) + 1);
  return counts;
}
