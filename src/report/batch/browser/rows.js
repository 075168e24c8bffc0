import { byId, html } from '../../browser/dom.js';
import { drawRow } from './row.js';

/** Rows that are kept ready above and below the window. */
const SPARE = 8;

/**
 * Draws the rows that are in sight: with thousands of them the others cost nothing. The space that they would take is
 * kept, so that the scroll bar tells the truth.
 * @param {import('./types.js').Sheet} sheet
 * @returns {{ focus: () => void }} puts the keyboard on the current row
 */
export function drawRows(sheet) {
  const body = byId('rows', HTMLElement);
  const table = byId('table', HTMLElement);
  const bar = byId('bar', HTMLElement);
  /** @type {Map<import('./types.js').Row, HTMLElement>} */
  let drawn = new Map();
  let height = 0;
  let printing = false;

  const measure = () => {
    const probe = html('div', { class: 'row' });
    body.append(probe);
    height = probe.getBoundingClientRect().height;
    probe.remove();
  };

  const draw = () => {
    const { shown, at } = sheet;
    const top = body.getBoundingClientRect().top;
    const first = Math.min(shown.length, Math.max(0, Math.floor(-top / height) - SPARE));
    const last = Math.min(shown.length, Math.ceil((innerHeight - top) / height) + SPARE);
    const [from, to] = printing ? [0, shown.length] : [first, Math.max(first, last)];
    /** @type {Map<import('./types.js').Row, HTMLElement>} */
    const next = new Map();
    for (const row of shown.slice(from, to)) next.set(row, drawn.get(row) ?? drawRow(row, sheet.data));
    for (const [row, element] of drawn) {
      if (next.has(row)) continue;
      // The keyboard stays in the table when its row goes out of sight.
      if (element.contains(document.activeElement)) table.focus({ preventScroll: true });
      element.remove();
    }
    /** @type {ChildNode | null} */
    let place = body.firstChild;
    let k = from;
    for (const element of next.values()) {
      element.setAttribute('aria-rowindex', String(k + 2));
      element.classList.toggle('current', k === at);
      const name = element.querySelector('.name');
      if (name instanceof HTMLElement) name.tabIndex = k === at ? 0 : -1;
      if (element === place) place = place.nextSibling;
      else body.insertBefore(element, place);
      k++;
    }
    drawn = next;
    body.style.paddingTop = `${from * height}px`;
    body.style.paddingBottom = `${(shown.length - to) * height}px`;
    table.setAttribute('aria-rowcount', String(shown.length + 1));
    byId('nothing', HTMLElement).hidden = shown.length > 0;
  };

  const reveal = () => {
    const top = body.getBoundingClientRect().top + sheet.at * height;
    const least = bar.getBoundingClientRect().bottom;
    if (top < least) scrollBy(0, top - least);
    else if (top + height > innerHeight) scrollBy(0, top + height - innerHeight);
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };
  addEventListener('scroll', soon, { passive: true });
  addEventListener('resize', () => {
    measure();
    draw();
  });
  // Paper shows all of them.
  for (const event of ['beforeprint', 'afterprint'])
    addEventListener(event, () => {
      printing = event === 'beforeprint';
      measure();
      draw();
    });
  const focus = () => {
    reveal();
    draw();
    const row = sheet.shown[sheet.at];
    const name = row && drawn.get(row)?.querySelector('.name');
    if (name instanceof HTMLElement) name.focus({ preventScroll: true });
  };
  body.addEventListener('click', ({ target }) => {
    const element = target instanceof Element ? target.closest('.row') : null;
    const at = sheet.shown.findIndex((row) => drawn.get(row) === element);
    if (at >= 0 && at !== sheet.at) sheet.move(at);
  });
  sheet.subscribe((what) => {
    // A list that became short must not leave one below its end.
    if (what === 'choice' && bar.getBoundingClientRect().top <= 0) table.scrollIntoView();
    draw();
  });
  measure();
  draw();
  return { focus };
}
