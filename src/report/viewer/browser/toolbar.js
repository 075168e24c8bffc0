import { byId } from '../../browser/dom.js';

/** Factor of one step of zoom. */
export const ZOOM_STEP = 1.4;

/** Buttons above the pictures. @param {import('./types.js').Store} store @param {import('./types.js').View} view */
export function handleToolbar(store, view) {
  const modes = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('[data-mode-of]')]);
  const layers = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('[data-layer]')]);
  const rate = byId('rate', HTMLInputElement);
  const percent = byId('zoom-percent', HTMLElement);
  for (const button of modes)
    button.addEventListener('click', () =>
      store.set({ mode: /** @type {any} */ (button.dataset['modeOf']) }),
    );
  for (const button of layers)
    button.addEventListener('click', () => {
      const layer = /** @type {'boxes' | 'sites' | 'unjudged'} */ (button.dataset['layer']);
      store.set({ [layer]: !store[layer] });
    });
  rate.addEventListener('input', () => store.set({ rate: Number(rate.value) }));
  byId('flip', HTMLElement).addEventListener('click', () => store.set({ golden: !store.golden }));
  byId('zoom-in', HTMLElement).addEventListener('click', () => view.zoom(ZOOM_STEP));
  byId('zoom-out', HTMLElement).addEventListener('click', () => view.zoom(1 / ZOOM_STEP));
  byId('zoom-fit', HTMLElement).addEventListener('click', () => view.fit());

  const update = () => {
    for (const button of modes)
      button.setAttribute('aria-pressed', String(button.dataset['modeOf'] === store.mode));
    for (const button of layers)
      button.setAttribute('aria-pressed', String(store[/** @type {'boxes'} */ (button.dataset['layer'])]));
    byId('blinking', HTMLElement).hidden = store.mode !== 'blink';
    if (rate.value !== String(store.rate)) rate.value = String(store.rate);
  };
  const tell = () => {
    percent.textContent = `${Math.round(100 * view.scale)} %`;
  };
  store.subscribe(update);
  view.subscribe(tell);
  update();
  tell();
}
