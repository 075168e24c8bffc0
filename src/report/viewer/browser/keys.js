import { announce } from '../../browser/dom.js';
import { copyPlaces } from './copy.js';
import { ZOOM_STEP } from './toolbar.js';

/** Screen pixels that one key pans. */
const PAN = 80;
/** Least and most changes a second while blinking: more than three a second can harm. */
const RATES = { least: 0.5, most: 3, step: 0.5 };

/** @type {Record<string, [number, number]>} */
const PANS = {
  ArrowLeft: [PAN, 0],
  ArrowRight: [-PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
  H: [PAN, 0],
  L: [-PAN, 0],
  K: [0, PAN],
  J: [0, -PAN],
  h: [PAN, 0],
  l: [-PAN, 0],
};

/**
 * Keys anywhere on the page, except where text is written.
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 * @param {{ toggle(): void, open: boolean, keysOn: boolean }} help
 * @param {(key: string) => boolean} review keys of a reviewed page; whether it took one
 */
export function handleKeys(store, view, help, review) {
  const { findings, golden } = store.data;
  /** @type {Record<string, () => void>} */
  const actions = {
    ArrowDown: () => step(1),
    ArrowRight: () => step(1),
    j: () => step(1),
    ArrowUp: () => step(-1),
    ArrowLeft: () => step(-1),
    k: () => step(-1),
    '+': () => view.zoom(ZOOM_STEP),
    '=': () => view.zoom(ZOOM_STEP),
    '-': () => view.zoom(1 / ZOOM_STEP),
    0: () => view.fit(),
    Enter: () => store.select(store.selected),
    Escape: () => store.set({ selected: -1 }),
    1: () => show('side'),
    2: () => show('swipe'),
    3: () => show('blink'),
    4: () => show('difference'),
    ' ': () => flip(),
    ',': () => pace(-RATES.step),
    '.': () => pace(RATES.step),
    '[': () => divide(-0.05),
    ']': () => divide(0.05),
    b: () => toggle('boxes', 'Boxes of findings'),
    m: () => toggle('sites', 'Sites that match'),
    x: () => toggle('unjudged', 'Places not judged'),
    c: () => copyPlaces(findings[store.selected]),
  };
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '?') {
      if (!writes(event.target)) {
        event.preventDefault();
        help.toggle();
      }
      return;
    }
    if (help.open || writes(event.target) || !help.keysOn) return;
    // Buttons, links and what can be unfolded have these keys themselves.
    if ((event.key === ' ' || event.key === 'Enter') && presses(event.target)) return;
    const pan = event.shiftKey || !event.key.startsWith('Arrow') ? PANS[event.key] : undefined;
    if (pan) view.pan(...pan);
    else if (!review(event.key)) {
      const action = actions[event.key];
      if (!action) return;
      action();
    }
    event.preventDefault();
  });

  /** @param {number} by */
  function step(by) {
    if (findings.length === 0) return announce('No findings.');
    const { selected } = store;
    const next = selected < 0 ? (by > 0 ? 0 : findings.length - 1) : selected + by;
    if (next < 0) announce('This is the first finding.');
    else if (next >= findings.length) announce('This is the last finding.');
    else store.select(next);
  }
  /** @param {import('./types.js').Mode} mode */
  function show(mode) {
    if (!golden) return announce('There is no golden photo to compare with.');
    store.set({ mode });
    announce(
      { side: 'Side by side', swipe: 'Swipe', blink: 'Blink', difference: 'Difference', single: '' }[mode],
    );
  }
  function flip() {
    if (store.mode === 'blink') store.set({ golden: !store.golden });
  }
  /** @param {number} by */
  function pace(by) {
    store.set({ rate: Math.max(RATES.least, Math.min(RATES.most, store.rate + by)) });
  }
  /** @param {number} by */
  function divide(by) {
    if (store.mode === 'swipe') store.set({ divider: Math.max(0, Math.min(1, store.divider + by)) });
  }
  /** @param {'boxes' | 'sites' | 'unjudged'} layer @param {string} words */
  function toggle(layer, words) {
    store.set({ [layer]: !store[layer] });
    announce(`${words} ${store[layer] ? 'shown' : 'hidden'}.`);
  }
}

/** @param {EventTarget | null} target */
function writes(target) {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox')
  );
}

/** @param {EventTarget | null} target */
function presses(target) {
  return target instanceof Element && target.closest('button, a, summary, input') !== null;
}
