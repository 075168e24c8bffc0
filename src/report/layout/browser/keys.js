import { addRegion, addSite, boxOf, moveItem, placeSite, removeItem, siteOf } from './edits.js';
import { expectedIn } from './marks.js';
import { likelyClass } from './pointer.js';
import { passesFilter } from './store.js';

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Keys on the board. Arrows go to the next site that way, or move the chosen one where the layout can be edited.
 * @param {HTMLElement} stage
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 */
export function handleKeys(stage, store, view) {
  stage.addEventListener('keydown', (event) => {
    if (event.altKey) return;
    const arrow = ARROWS[event.key];
    const { selected } = store;
    if (arrow && selected && store.editable && store.mode === 'select') {
      const step = event.shiftKey ? 10 : 1;
      if (event.ctrlKey || event.metaKey) resize(selected, arrow[0] * step, arrow[1] * step);
      else store.edit(moveItem(store.layout, selected, arrow[0] * step, arrow[1] * step), `move ${selected}`);
    } else if (arrow) choose(nearest(arrow));
    else if (event.key === 'PageDown' || event.key === 'PageUp') step(event.key === 'PageDown' ? 1 : -1);
    else if (event.key === '+' || event.key === '=') view.zoom(1.4, focus());
    else if (event.key === '-') view.zoom(1 / 1.4, focus());
    else if (event.key === '0') view.fit();
    else if (event.key === 'Enter' && store.mode !== 'select') addInTheMiddle();
    else if ((event.key === 'Delete' || event.key === 'Backspace') && selected && store.editable)
      store.edit(removeItem(store.layout, selected));
    else return;
    event.preventDefault();
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (store.mode !== 'select') store.set({ mode: 'select' });
      else if (event.target === stage && store.selected) store.set({ selected: null });
    }
    if (!store.editable || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    // A text field undoes its own letters.
    if (event.target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(event.target.type))
      return;
    if (key === 'z' && !event.shiftKey) store.undo();
    else if ((key === 'z' && event.shiftKey) || key === 'y') store.redo();
    else return;
    event.preventDefault();
  });

  /** @param {string} key @param {number} dx @param {number} dy */
  function resize(key, dx, dy) {
    const site = siteOf(store.layout, key);
    if (!site) return;
    const { x, y, width, height } = site.box;
    const box = { x, y, width: width + dx, height: height + dy };
    store.edit(placeSite(store.layout, key, box), `resize ${key}`);
  }
  function focus() {
    const box = boxOf(store.layout, store.selected);
    return box
      ? /** @type {[number, number]} */ ([box.x + box.width / 2, box.y + box.height / 2])
      : view.middle();
  }
  function shownSites() {
    return store.layout.sites.filter((site) => passesFilter(store, site, expectedIn(site, store.variant)));
  }
  /** @param {string | null} key */
  function choose(key) {
    if (!key) return;
    store.set({ selected: key });
    const box = boxOf(store.layout, key);
    if (box) view.reveal(box);
  }
  /** @param {number} by */
  function step(by) {
    const keys = [
      ...shownSites().map(({ id }) => `site:${id}`),
      ...store.layout.regions.map(({ id }) => `region:${id}`),
    ];
    if (keys.length === 0) return;
    const at = store.selected ? keys.indexOf(store.selected) : by > 0 ? -1 : 0;
    choose(keys[(at + by + keys.length) % keys.length] ?? null);
  }
  /** The site that one means when pressing an arrow: near, and more ahead than aside. @param {[number, number]} arrow */
  function nearest([ax, ay]) {
    const [x, y] = focus();
    let best = Number.POSITIVE_INFINITY;
    let key = null;
    for (const { id, box } of shownSites()) {
      if (`site:${id}` === store.selected) continue;
      const [dx, dy] = [box.x + box.width / 2 - x, box.y + box.height / 2 - y];
      const ahead = dx * ax + dy * ay;
      const aside = Math.abs(dx * ay) + Math.abs(dy * ax);
      if (store.selected && (ahead <= 0 || aside > 2 * ahead)) continue;
      const cost = store.selected ? ahead + 2 * aside : Math.hypot(dx, dy);
      if (cost < best) [best, key] = [cost, `site:${id}`];
    }
    return key;
  }
  function addInTheMiddle() {
    const [x, y] = view.middle();
    const side = 40 * view.scale;
    const box = { x: x - side / 2, y: y - side / 2, width: side, height: side };
    const { layout, key } =
      store.mode === 'add-site'
        ? addSite(store.layout, box, likelyClass(store))
        : addRegion(
            store.layout,
            [
              [box.x, box.y],
              [box.x + side, box.y],
              [box.x + side, box.y + side],
              [box.x, box.y + side],
            ],
            store.mode === 'add-ignore' ? 'ignore' : 'high-risk',
          );
    store.edit(layout);
    store.set({ selected: key, mode: 'select' });
  }
}
