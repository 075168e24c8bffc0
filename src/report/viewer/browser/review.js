import { announce, byId } from '../../browser/dom.js';
import { showMissed } from './missed.js';
import { createOutbox } from './outbox.js';
import { buildPanel, DECISIONS } from './reviewPanel.js';

/** @typedef {{ decision: string, note: string, saved: boolean, by?: string }} Decided */

/**
 * Decisions on findings, where a server wants them: the page then holds a block of JSON that says so.
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 * @returns {{ key(key: string): boolean, drawn(box: import('./types.js').Box): void }} what keys and drawn boxes do
 */
export function handleReview(store, view) {
  const block = document.getElementById('review');
  if (!block) return { key: () => false, drawn: () => {} };
  /** @type {import('./types.js').Review} */
  const review = JSON.parse(block.textContent ?? '');
  document.body.classList.add('reviewed');
  /** @type {Map<string, Decided>} */
  const decided = new Map();
  for (const [id, { decision, note, by }] of Object.entries(review.decisions ?? {}))
    decided.set(id, { decision, note: note ?? '', saved: true, ...(by ? { by } : {}) });
  // Places are in the reference frame: on a photo that does not lie on it they mean nothing.
  const placed = store.data.frame.of === 'reference';
  for (const one of review.escapes ?? []) store.addEscape({ ...one, box: placed ? one.box : null });
  showMissed(store, view);
  /** What can be taken back, last one last. @type {{ id: string | null, before: Decided | undefined, box: import('./types.js').Box | null }[]} */
  const past = [];

  const panel = buildPanel(review);
  const outbox = createOutbox(review, ({ waiting, problem }) => {
    panel.state.textContent =
      problem !== ''
        ? `${waiting} not saved: ${problem}. Trying again; nothing is lost while this page is open.`
        : waiting > 0
          ? 'Saving…'
          : 'All decisions saved.';
    panel.state.classList.toggle('problem', problem !== '');
    panel.retry.hidden = problem === '';
    update();
  });
  panel.retry.addEventListener('click', () => outbox.retry());
  addEventListener('beforeunload', (event) => outbox.waiting() > 0 && event.preventDefault());

  const chosen = () => store.data.findings[store.selected];
  /** @param {string} id @param {Decided} next @param {boolean} undoable */
  const put = (id, next, undoable) => {
    if (undoable) past.push({ id, before: decided.get(id), box: null });
    decided.set(id, next);
    outbox.post(
      { finding: id, decision: /** @type {any} */ (next.decision), note: next.note, box: null },
      () => {
        next.saved = true;
      },
    );
  };
  /** @param {'real' | 'false-call' | 'unsure'} decision @param {string} words */
  const decide = (decision, words) => {
    const finding = chosen();
    if (!finding) return announce('Choose a finding first: arrow keys step through them.');
    put(finding.id, { decision, note: decided.get(finding.id)?.note ?? '', saved: false }, true);
    announce(`Finding ${finding.number}: ${words}`);
  };
  const undo = () => {
    const id = chosen()?.id;
    const known = id === undefined ? undefined : decided.get(id);
    const last = past.pop() ?? (id !== undefined && known ? { id, before: undefined, box: null } : undefined);
    if (!last) return announce('There is nothing to undo.');
    outbox.post({ finding: last.id, decision: 'undone', note: '', box: last.box }, () => {});
    if (last.id === null) store.removeEscape();
    else if (last.before && last.before.decision !== 'undone') {
      // Said again, so that it holds whatever the server makes of taking one back.
      put(last.id, { ...last.before, saved: false }, false);
    } else decided.delete(last.id);
    announce('Undone.');
    update();
  };
  const note = () => {
    const finding = chosen();
    if (!finding) return announce('Choose a finding first: arrow keys step through them.');
    panel.note.value = decided.get(finding.id)?.note ?? '';
    panel.noteForm.hidden = false;
    panel.noteForm.dataset['finding'] = finding.id;
    panel.note.focus();
  };
  const closeNote = () => {
    panel.noteForm.hidden = true;
    byId('stage', HTMLElement).focus();
  };
  panel.noteForm.addEventListener('submit', (event) => {
    event.preventDefault();
    const id = panel.noteForm.dataset['finding'] ?? '';
    const decision = decided.get(id)?.decision ?? 'unsure';
    put(id, { decision, note: panel.note.value.trim(), saved: false }, true);
    closeNote();
  });
  panel.note.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeNote();
    else if (event.key === 'Enter' && !event.shiftKey) panel.noteForm.requestSubmit();
    else return;
    event.preventDefault();
  });
  const draw = () => {
    if (store.data.frame.of !== 'reference') return announce('This photo does not lie on the reference.');
    store.set({ drawing: !store.drawing });
    announce(
      store.drawing
        ? 'Drag a box around what was missed. Enter puts one in the middle, Escape leaves.'
        : 'Drawing ended.',
    );
  };
  /** @param {import('./types.js').Box} box */
  const drawn = (box) => {
    const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
    const place = { x: round(box.x), y: round(box.y), width: round(box.width), height: round(box.height) };
    store.addEscape({ box: place, note: null, by: '', at: '' });
    store.set({ drawing: false, boxes: true });
    past.push({ id: null, before: undefined, box: place });
    outbox.post({ finding: null, decision: 'escape', note: '', box: place }, () => {});
    announce('Marked as missed.');
  };
  /** @param {string | null | undefined} url @param {string} words */
  const go = (url, words) => {
    if (!url) announce(`There is no ${words} result.`);
    else location.href = url;
  };

  const update = () => {
    const finding = chosen();
    const known = finding && decided.get(finding.id);
    for (const button of panel.decisions) {
      button.disabled = !finding;
      button.setAttribute('aria-pressed', String(known?.decision === button.value));
    }
    panel.noteButton.disabled = !finding;
    panel.shown.textContent = known
      ? [known.note && `Note: ${known.note}`, known.by && `by ${known.by}`].filter(Boolean).join(' · ')
      : '';
    panel.drawButton.setAttribute('aria-pressed', String(store.drawing));
    if (panel.noteForm.dataset['finding'] !== finding?.id) panel.noteForm.hidden = true;
    for (const [k, { id }] of store.data.findings.entries()) {
      const row = byId('list', HTMLElement).children[k];
      const state = decided.get(id);
      if (!row) continue;
      const text = state ? `${state.decision}${state.saved ? '' : ' …'}` : '';
      if (row.getAttribute('data-decision') !== text) row.setAttribute('data-decision', text);
    }
  };

  /** @type {Record<string, () => void>} */
  const actions = {
    n: note,
    e: draw,
    z: undo,
    N: () => go(review.next, 'next'),
    P: () => go(review.previous, 'previous'),
  };
  for (const [key, { decision, words }] of Object.entries(DECISIONS))
    actions[key] = () => decide(decision, words);
  for (const button of panel.element.querySelectorAll('[data-key]'))
    button.addEventListener('click', () => actions[button.getAttribute('data-key') ?? '']?.());
  store.subscribe(update);
  update();
  return {
    key(key) {
      if (store.drawing && key === 'Escape') store.set({ drawing: false });
      else if (store.drawing && key === 'Enter') {
        const [x, y] = view.middle();
        const side = 80 / view.scale;
        drawn({ x: x - side / 2, y: y - side / 2, width: side, height: side });
      } else if (actions[key]) actions[key]();
      else return false;
      return true;
    },
    drawn,
  };
}
