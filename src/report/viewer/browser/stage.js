import { byId, setAll } from '../../browser/dom.js';
import { drawMarks } from './marks.js';
import { paint } from './paint.js';

/** Step of the divider by a key, as a share of the width. */
const DIVIDER_STEP = 0.02;

/** Size on the screen of the canvas that shows the photo; that of the golden photo beside it is the same. @returns {[number, number]} */
export function paneSize() {
  const { width, height } = byId('pane-photo', HTMLElement).getBoundingClientRect();
  return [Math.max(1, width), Math.max(1, height)];
}

/**
 * Keeps the canvases showing what is looked at: painted anew, once a frame at most, when anything changes.
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 * @param {import('./bitmaps.js').Bitmaps} bitmaps
 * @param {import('./marks.js').Kinds} kinds
 */
export function runStage(store, view, bitmaps, kinds) {
  const stage = byId('stage', HTMLElement);
  const divider = byId('divider', HTMLElement);
  const left = byId('pane-golden', HTMLElement);
  const right = byId('pane-photo', HTMLElement);
  const pictures = { data: store.data, view, bitmaps };
  let asked = false;
  const repaint = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      bitmaps.begin();
      if (store.mode === 'side') paintPane(left, 'golden');
      paintPane(right, shownIn(store));
      // For those who measure and test: what the canvases show.
      Object.assign(stage.dataset, {
        mode: store.mode,
        shown: String(shownIn(store)),
        selected: String(store.selected),
        pending: String(bitmaps.lacking),
      });
      Object.assign(stage.dataset, {
        scale: String(view.scale),
        left: String(view.left),
        top: String(view.top),
      });
    });
  };
  /** @param {HTMLElement} pane @param {import('./types.js').Shown} shown */
  const paintPane = (pane, shown) => {
    const canvas = /** @type {HTMLCanvasElement} */ (pane.firstElementChild);
    const { width, height } = pane.getBoundingClientRect();
    const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    const context = canvas.getContext('2d');
    if (!context || w === 0 || h === 0) return;
    paint(context, shown, pictures, store);
    drawMarks(context, store, view, kinds);
  };

  let mode = '';
  const update = () => {
    if (mode !== store.mode) {
      mode = store.mode;
      left.hidden = mode !== 'side';
      divider.hidden = mode !== 'swipe';
      view.resized();
    }
    const percent = Math.round(100 * store.divider);
    setAll(divider, { 'aria-valuenow': percent, style: `left: ${100 * store.divider}%` });
    stage.classList.toggle('drawing', store.drawing);
    caption(right, shownIn(store), store);
    repaint();
  };

  divider.addEventListener('keydown', (event) => {
    /** @type {Record<string, number>} */
    const to = {
      ArrowLeft: store.divider - DIVIDER_STEP,
      ArrowRight: store.divider + DIVIDER_STEP,
      Home: 0,
      End: 1,
    };
    const next = to[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    store.set({ divider: Math.max(0, Math.min(1, next)) });
  });
  divider.addEventListener('pointerdown', (event) => {
    event.stopPropagation();
    divider.setPointerCapture(event.pointerId);
  });
  divider.addEventListener('pointermove', (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const { x, width } = right.getBoundingClientRect();
    store.set({ divider: Math.max(0, Math.min(1, (event.clientX - x) / width)) });
  });

  let prepared = -1;
  const prepare = () => {
    if (store.selected === prepared) return;
    prepared = store.selected;
    // Once the chosen one is there, those that a key away are next: a step then waits for nothing.
    for (const by of [1, -1, 2]) {
      const { golden, picture } = store.data.findings[prepared + by] ?? { golden: null, picture: null };
      bitmaps.prepare(golden);
      bitmaps.prepare(picture);
    }
  };

  blink(store);
  store.subscribe(() => setTimeout(prepare));
  store.subscribe(update);
  view.subscribe(repaint);
  bitmaps.subscribe(repaint);
  new ResizeObserver(() => view.resized()).observe(stage);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  update();
}

/** Shows golden photo and photo in turn; where less motion is wanted, only by key. @param {import('./types.js').Store} store */
function blink(store) {
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  let running = '';
  const update = () => {
    const wanted = store.mode === 'blink' && !still.matches ? String(store.rate) : '';
    if (wanted === running) return;
    running = wanted;
    clearInterval(timer);
    if (wanted) timer = setInterval(() => store.set({ golden: !store.golden }), 1000 / store.rate);
  };
  store.subscribe(update);
  still.addEventListener('change', update);
  update();
}

/** What the canvas of the photo shows in a mode. @param {import('./types.js').Store} store @returns {import('./types.js').Shown} */
export function shownIn({ mode, photo, golden }) {
  if (mode === 'swipe' || mode === 'difference') return mode;
  return mode === 'blink' && golden ? 'golden' : photo;
}

/** @param {HTMLElement} pane @param {import('./types.js').Shown} shown @param {import('./types.js').Store} store */
function caption(pane, shown, { data, photo }) {
  const name = data.photos[photo]?.name ?? '';
  /** @type {Record<string, string>} */
  const words = {
    golden: 'Reference',
    swipe: 'Left of the line: reference. Right of it: photo',
    difference: 'Difference: bright where the two differ, light evened out',
  };
  const text = words[String(shown)] ?? 'Photo';
  const label = /** @type {HTMLElement} */ (pane.lastElementChild);
  if (label.textContent !== text) label.textContent = text;
  pane.classList.toggle('reference', shown === 'golden');
  setAll(/** @type {HTMLElement} */ (pane.firstElementChild), {
    'aria-label': shown === 'golden' ? text : `${text}, ${name}`,
  });
}
