import { announce, byId, html, setAll, svgElement } from '../../browser/dom.js';
import { signOf } from './details.js';

/**
 * The list of findings with a small picture of each place in reference and photo, and that of places not judged.
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 * @param {import('./marks.js').Kinds} kinds
 */
export function handleList(store, view, kinds) {
  const list = byId('list', HTMLElement);
  const { findings, notJudged } = store.data;
  list.append(...findings.map((finding, k) => listRow(finding, k, kinds)));
  let marked = -1;
  const update = () => {
    if (store.selected === marked) return;
    list.children[marked]?.setAttribute('aria-selected', 'false');
    marked = store.selected;
    const row = list.children[marked];
    setAll(list, { 'aria-activedescendant': row?.id });
    if (!row) return;
    row.setAttribute('aria-selected', 'true');
    scrollTo(list, row);
    announce(spoken(/** @type {any} */ (findings[marked]), findings.length));
  };
  list.addEventListener('click', ({ target }) => {
    const row = target instanceof Element ? target.closest('li') : null;
    if (row) store.select([...list.children].indexOf(row));
  });
  list.addEventListener('keydown', ({ key }) => {
    if (key === 'Home') store.select(0);
    else if (key === 'End') store.select(findings.length - 1);
    else if (key === 'PageDown') store.select(Math.min(findings.length - 1, store.selected + 5));
    else if (key === 'PageUp') store.select(Math.max(0, store.selected - 5));
  });
  store.subscribe(update);
  update();

  for (const button of document.querySelectorAll('[data-unjudged]'))
    button.addEventListener('click', () => {
      const place = notJudged[Number(button.getAttribute('data-unjudged'))]?.place;
      if (!place) return;
      store.set({ unjudged: true });
      view.frame({
        x: place.x - place.width / 2,
        y: place.y - place.height / 2,
        width: 2 * place.width,
        height: 2 * place.height,
      });
      announce(`Showing ${button.textContent}`);
    });
}

/** What is said of a finding to those who listen. @param {import('./types.js').PageFinding} finding @param {number} all */
function spoken({ number, words, site, score, explanation }, all) {
  const where = site === null ? '' : `, site ${site}`;
  return `Finding ${number} of ${all}: ${words}${where}, strength ${score.toFixed(2)}. ${explanation}`;
}

/** @param {import('./types.js').PageFinding} finding @param {number} k @param {import('./marks.js').Kinds} kinds */
function listRow(finding, k, kinds) {
  const { name, words, kind, site, score, square, golden, picture } = finding;
  const thumbs = html('span', { class: 'thumbs' });
  if (square && golden) thumbs.append(thumb(square, golden));
  if (square && picture) thumbs.append(thumb(square, picture));
  return html(
    'li',
    { role: 'option', id: `row-${k}`, 'aria-selected': 'false' },
    thumbs,
    html(
      'span',
      { class: 'what' },
      html('b', {}, signOf(kind, kinds), `${name} `, words),
      html('span', { class: 'soft' }, [site, `strength ${score.toFixed(2)}`].filter(Boolean).join(' · ')),
    ),
  );
}

/** @param {import('./types.js').Box} square @param {string} id */
function thumb({ x, y, width, height }, id) {
  const svg = svgElement('svg', {
    class: 'thumb',
    viewBox: `${x} ${y} ${width} ${height}`,
    'aria-hidden': 'true',
  });
  svg.append(svgElement('use', { href: `#${id}` }));
  return svg;
}

/** Scrolls the list alone: scrollIntoView would scroll what lies around it too. @param {HTMLElement} outer @param {Element} row */
function scrollTo(outer, row) {
  const [inner, box] = [row.getBoundingClientRect(), outer.getBoundingClientRect()];
  if (inner.top < box.top) outer.scrollTop -= box.top - inner.top + 8;
  else if (inner.bottom > box.bottom) outer.scrollTop += inner.bottom - box.bottom + 8;
}
