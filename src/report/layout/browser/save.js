import { announce, byId } from '../../browser/dom.js';

/** Undo, redo, drawing modes, saving and stopping. @param {import('./types.js').Store} store @returns {(problem: string) => void} shows a problem, '' takes it away */
export function handleEditing(store) {
  const save = byId('save', HTMLButtonElement);
  const state = byId('state', HTMLElement);
  const problem = byId('problem', HTMLElement);
  const undo = byId('undo', HTMLButtonElement);
  const redo = byId('redo', HTMLButtonElement);
  let busy = false;
  let stopped = false;
  /** @param {string} text */
  const tell = (text) => {
    problem.textContent = text;
    problem.hidden = text === '';
  };

  const modes = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('[data-mode]')]);
  const hint = byId('mode-hint', HTMLElement);
  for (const button of modes)
    button.addEventListener('click', () => {
      const mode = /** @type {import('./types.js').Mode} */ (button.dataset['mode']);
      store.set({ mode: store.mode === mode ? 'select' : mode });
      byId('stage', HTMLElement).focus();
    });

  const update = () => {
    const changed = store.changed();
    save.disabled = busy || stopped || !changed;
    undo.disabled = !store.canUndo();
    redo.disabled = !store.canRedo();
    const word = stopped ? 'Stopped' : busy ? 'Saving…' : changed ? 'Unsaved changes' : 'All changes saved';
    if (state.textContent !== word) state.textContent = word;
    state.classList.toggle('changed', changed);
    for (const button of modes)
      button.setAttribute('aria-pressed', String(button.dataset['mode'] === store.mode));
    hint.hidden = store.mode === 'select';
    hint.textContent =
      store.mode === 'add-site'
        ? 'Drag over the place of the part. Enter puts a site in the middle, Escape leaves.'
        : 'Drag a rectangle, or click corner after corner and the first again. Enter puts a region in the middle, Escape leaves.';
    byId('stage', HTMLElement).classList.toggle('drawing', store.mode !== 'select');
  };

  async function send() {
    if (busy || stopped || !store.changed()) return;
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur(); // takes over what is typed
    const layout = store.layout;
    busy = true;
    update();
    try {
      const answer = await post('save', { revision: store.revision, description: layout });
      tell('');
      store.saved(layout, answer.revision);
      announce('Saved.');
    } catch (error) {
      tell(`Not saved. ${error instanceof Error ? error.message : error}`);
    }
    busy = false;
    update();
  }

  byId('undo', HTMLElement).addEventListener('click', () => store.undo());
  byId('redo', HTMLElement).addEventListener('click', () => store.redo());
  save.addEventListener('click', send);
  byId('stop', HTMLElement).addEventListener('click', async () => {
    if (store.changed() && !confirm('There are unsaved changes. Stop without saving them?')) return;
    try {
      await post('stop', {});
      stopped = true;
      tell('The editor has stopped; this page can be closed.');
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    }
    update();
  });
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
      event.preventDefault();
      send();
    }
  });
  addEventListener('beforeunload', (event) => {
    if (store.changed() && !stopped) event.preventDefault();
  });
  store.subscribe(update);
  update();
  return tell;
}

/** @param {string} route @param {unknown} body @returns {Promise<any>} @throws with what the server said */
async function post(route, body) {
  let response;
  try {
    response = await fetch(route, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error(
      'The editor does not answer any more: was it stopped? The changes are still in this page.',
    );
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The editor answered with status ${response.status}.`);
  return answer;
}
