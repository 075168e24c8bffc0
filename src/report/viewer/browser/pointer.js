import { findingAt } from './marks.js';

/** Screen pixels a press may wander and still be a click. */
const CLICK = 4;

/**
 * Mouse, pen and touch on the canvases: pan, pinch, wheel, choose a finding, draw a box.
 * @param {HTMLElement} stage
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 * @param {(box: import('./types.js').Box) => void} drawn what to do with a box that was drawn
 */
export function handlePointer(stage, store, view, drawn) {
  /** Where fingers are, in pixels of their canvas. @type {Map<number, [number, number]>} */
  const fingers = new Map();
  let moved = false;
  /** @type {[number, number] | null} */
  let from = null;

  for (const canvas of stage.querySelectorAll('canvas')) {
    /** @param {MouseEvent} event @returns {[number, number]} */
    const at = (event) => {
      const { x, y } = canvas.getBoundingClientRect();
      return [event.clientX - x, event.clientY - y];
    };
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button > 1) return;
      canvas.setPointerCapture(event.pointerId);
      if (fingers.size === 0) [moved, from] = [false, at(event)];
      fingers.set(event.pointerId, at(event));
    });
    canvas.addEventListener('pointermove', (event) => {
      const before = fingers.get(event.pointerId);
      const now = at(event);
      if (!before || !from) {
        canvas.style.cursor = store.drawing
          ? 'crosshair'
          : findingAt(store, view, ...now) < 0
            ? ''
            : 'pointer';
        return;
      }
      if (!moved && Math.hypot(now[0] - from[0], now[1] - from[1]) < CLICK) return;
      moved = true;
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      fingers.set(event.pointerId, now);
      if (other) pinch(before, now, other);
      else if (!store.drawing) view.pan(now[0] - before[0], now[1] - before[1]);
    });
    canvas.addEventListener('pointerup', (event) => {
      if (fingers.delete(event.pointerId) && fingers.size === 0 && from) {
        if (store.drawing && moved) drawn(between(toPlace(from), toPlace(at(event))));
        else if (!moved && event.button === 0) store.select(findingAt(store, view, ...at(event)));
      }
    });
    canvas.addEventListener('pointercancel', (event) => fingers.delete(event.pointerId));
    canvas.addEventListener('dblclick', (event) => view.zoom(2, toPlace(at(event))));
    canvas.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        const lines = event.deltaMode === 1 ? 16 : 1;
        // A pinch on a touchpad arrives as a wheel with Ctrl, in smaller steps.
        const speed = event.ctrlKey ? 100 : 400;
        view.zoom(Math.exp((-event.deltaY * lines) / speed), toPlace(at(event)));
      },
      { passive: false },
    );
  }

  /** @param {[number, number]} before @param {[number, number]} now @param {[number, number]} other */
  function pinch(before, now, other) {
    const apart = (/** @type {[number, number]} */ [x, y]) => Math.hypot(x - other[0], y - other[1]);
    view.pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    const middle = toPlace([(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
    view.zoom(apart(now) / Math.max(1, apart(before)), middle);
  }
  /** @param {[number, number]} screen @returns {[number, number]} */
  function toPlace([x, y]) {
    return [view.left + x / view.scale, view.top + y / view.scale];
  }
}

/** @param {[number, number]} a @param {[number, number]} b */
function between([ax, ay], [bx, by]) {
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) };
}
