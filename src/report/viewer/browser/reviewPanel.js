import { byId, html } from '../../browser/dom.js';

/** Decisions by key, and in words. @type {Record<string, { decision: 'real' | 'false-call' | 'unsure', words: string }>} */
export const DECISIONS = {
  r: { decision: 'real', words: 'Real' },
  f: { decision: 'false-call', words: 'False call' },
  u: { decision: 'unsure', words: 'Unsure' },
};

/** The buttons, the note and what is said of them, beside the chosen finding; links to other results. @param {import('./types.js').Review} review */
export function buildPanel({ next, previous }) {
  /** @param {string} key @param {string} words @param {Record<string, string>} [more] */
  const button = (key, words, more = {}) =>
    html('button', { type: 'button', 'data-key': key, ...more }, words, ' ', html('kbd', {}, key));
  const decisions = Object.entries(DECISIONS).map(([key, { decision, words }]) =>
    button(key, words, { value: decision, 'aria-pressed': 'false' }),
  );
  const noteButton = button('n', 'Note');
  const drawButton = button('e', 'Mark a miss', { 'aria-pressed': 'false' });
  const note = html('textarea', {
    rows: 2,
    maxlength: 2000,
    'aria-label': 'Note; without a decision it counts as unsure',
  });
  const noteForm = html('form', { hidden: true }, note, html('button', { type: 'submit' }, 'Save note'));
  const shown = html('p', { class: 'soft' });
  const state = html('span', { role: 'status' });
  const retry = html('button', { type: 'button', hidden: true }, 'Try now');
  const element = html(
    'section',
    { class: 'review', 'aria-label': 'Decision' },
    html('div', { class: 'row' }, ...decisions),
    html('div', { class: 'row' }, noteButton, drawButton, button('z', 'Undo')),
    shown,
    noteForm,
    html('p', { class: 'soft' }, state, ' ', retry),
  );
  byId('details', HTMLElement).after(element);
  const links = byId('results', HTMLElement);
  for (const [url, words, key] of /** @type {[string | null, string, string][]} */ ([
    [previous, 'Previous', 'P'],
    [next, 'Next', 'N'],
  ]))
    if (url)
      links.append(
        html(
          'a',
          { href: url },
          words,
          html('span', { class: 'unseen' }, ' result'),
          ' ',
          html('kbd', {}, key),
        ),
      );
  return { element, decisions, noteButton, drawButton, note, noteForm, shown, state, retry };
}
