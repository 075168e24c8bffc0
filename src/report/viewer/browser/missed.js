import { announce, byId, html, svgElement } from '../../browser/dom.js';
import { framing } from './store.js';

/** Line and gap of the boxes of what was missed: dash and dot, as no finding has it. */
export const MISSED_DASH = [10, 4, 2, 4];

/**
 * What people marked as missed, earlier and just now: a list with who and when beside the pictures, and the same boxes
 * and words in the case file, for paper.
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 */
export function showMissed(store, view) {
  const list = html('ul');
  const head = html('h2');
  const section = html('section', { class: 'missed', 'aria-label': 'Missed', hidden: true }, head, list);
  byId('unjudged', HTMLElement).before(section);
  const printed = html('div', { class: 'printed-missed', hidden: true });
  const whole = document.querySelector('.case .whole');
  const boxes = svgElement('g', { class: 'missed-boxes' });
  whole?.append(boxes);
  whole?.after(printed);
  let shown = -1;
  const update = () => {
    const { missed } = store;
    if (missed.length === shown) return;
    shown = missed.length;
    section.hidden = shown === 0;
    printed.hidden = shown === 0;
    head.replaceChildren(
      html('span', { class: 'dashed', 'aria-hidden': 'true' }),
      `${shown} missed `,
      html('span', { class: 'soft' }, 'marked by people'),
    );
    list.replaceChildren(...missed.map((one, k) => html('li', {}, entry(one, k))));
    printed.replaceChildren(
      html('h2', {}, 'Marked as missed by people'),
      html('ul', {}, ...missed.map((one, k) => html('li', {}, ...words(one, k)))),
    );
    boxes.replaceChildren(...missed.flatMap(({ box }, k) => (box ? drawing(box, k, store.data.frame) : [])));
  };
  /** Chooses by a press where there is a place to show. @param {import('./types.js').Missed} one @param {number} k */
  const entry = (one, k) => {
    const { box } = one;
    if (!box) return html('span', {}, ...words(one, k));
    const button = html('button', { type: 'button' }, ...words(one, k));
    button.addEventListener('click', () => {
      store.set({ boxes: true });
      view.frame(framing(box));
      announce(`Showing ${button.textContent}`);
    });
    return button;
  };
  store.subscribe(update);
  update();
}

/** "missed 1 by Ann, 2026-11-02 08:00 UTC: a resistor". @param {import('./types.js').Missed} one @param {number} k */
function words({ box, note, by, at }, k) {
  const day = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at);
  return [
    html('b', {}, `missed ${k + 1}`),
    ...(by ? [' by ', html('bdi', {}, by)] : []),
    ...(day ? [', ', html('time', { datetime: at }, `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`)] : []),
    ...(box ? [] : [', no place given']),
    ...(note ? [': ', html('bdi', {}, note)] : []),
  ];
}

/** A box and its name in the picture of the case file. @param {import('./types.js').Box} box @param {number} k @param {{ width: number, height: number }} frame */
function drawing({ x, y, width, height }, k, frame) {
  const unit = Math.max(frame.width, frame.height) / 400;
  const place = { x, y, width, height, fill: 'none' };
  const size = 7 * unit;
  const text = `missed ${k + 1}`;
  const plate = { width: (0.62 * text.length + 0.6) * size, height: 1.4 * size };
  const left = Math.max(0, Math.min(x, frame.width - plate.width));
  // Below the box where there is no room above it.
  const top = y < plate.height + unit ? y + height + unit : y - plate.height - unit;
  const label = svgElement('text', {
    x: left + 0.3 * size,
    y: top + size,
    fill: '#fff',
    'font-size': size,
    'font-weight': 700,
    'font-family': 'sans-serif',
  });
  label.textContent = text;
  return [
    svgElement('rect', { ...place, stroke: '#000', 'stroke-width': 2.5 * unit }),
    svgElement('rect', {
      ...place,
      stroke: '#fff',
      'stroke-width': unit,
      'stroke-dasharray': MISSED_DASH.map((length) => (length * unit) / 2).join(' '),
    }),
    svgElement('rect', { x: left, y: top, ...plate, rx: unit, fill: '#101418' }),
    label,
  ];
}
