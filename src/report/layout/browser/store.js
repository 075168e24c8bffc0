import { classesOf } from './marks.js';

/** Edits of the same kind within this many milliseconds are undone together: a row of arrow keys is one move. */
const TOGETHER_MS = 900;

/**
 * What the page knows, with undo and redo.
 * @param {import('./types.js').PageData} data
 * @returns {import('./types.js').Store}
 */
export function createStore({ description, revision }) {
  /** @type {import('./types.js').Layout[]} */
  const past = [];
  /** @type {import('./types.js').Layout[]} */
  let future = [];
  let onDisk = description;
  let lastMerge = '';
  let lastTime = 0;
  /** @type {(() => void)[]} */
  const listeners = [];
  const tell = () => {
    for (const listener of listeners) listener();
  };

  /** @param {import('./types.js').Layout} layout */
  const take = (layout) => {
    store.layout = layout;
    for (const label of classesOf(layout.sites))
      if (!store.classes.includes(label)) store.classes.push(label);
    const keys = [
      ...layout.sites.map(({ id }) => `site:${id}`),
      ...layout.regions.map(({ id }) => `region:${id}`),
    ];
    if (store.selected && !keys.includes(store.selected)) store.selected = null;
    store.hovered = null;
    if (!layout.variants.includes(store.variant)) store.variant = '';
  };

  /** @type {import('./types.js').Store} */
  const store = {
    layout: description,
    revision,
    editable: revision !== null,
    selected: null,
    hovered: null,
    mode: 'select',
    variant: '',
    filter: { text: '', hiddenClasses: new Set(), hiddenExpectations: new Set() },
    classes: classesOf(description.sites),
    changed: () => store.layout !== onDisk,
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    edit(layout, merge = '') {
      if (layout === store.layout) return;
      const now = Date.now();
      const together =
        merge !== '' && merge === lastMerge && (merge.startsWith('drag') || now - lastTime < TOGETHER_MS);
      if (!together) past.push(store.layout);
      [lastMerge, lastTime, future] = [merge, now, []];
      take(layout);
      tell();
    },
    undo() {
      const layout = past.pop();
      if (!layout) return;
      future.push(store.layout);
      lastMerge = '';
      take(layout);
      tell();
    },
    redo() {
      const layout = future.pop();
      if (!layout) return;
      past.push(store.layout);
      lastMerge = '';
      take(layout);
      tell();
    },
    saved(layout, next) {
      onDisk = layout;
      store.revision = next;
      lastMerge = '';
      tell();
    },
    set(change) {
      Object.assign(store, change);
      tell();
    },
    subscribe: (listener) => listeners.push(listener),
  };
  return store;
}

/** Whether the filter lets a site through. @param {import('./types.js').Store} store @param {import('./types.js').Site} site @param {import('./types.js').Expectation} expected */
export function passesFilter({ filter }, site, expected) {
  if (filter.hiddenClasses.has(site.label ?? '') || filter.hiddenExpectations.has(expected)) return false;
  const text = filter.text.trim().toLowerCase();
  return (
    text === '' || `${site.id} ${site.label ?? 'unknown'} ${site.part ?? ''}`.toLowerCase().includes(text)
  );
}
