import { svgElement } from '../../browser/dom.js';
import { addRegion, addSite, boxOf, moveCorner, moveItem, placeSite, siteOf } from './edits.js';

/** Screen pixels a press may wander and still be a click. */
const CLICK = 4;

/**
 * Mouse, pen and touch on the board: pan, zoom, point, choose, move, resize, draw.
 * @param {SVGSVGElement} svg
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').View} view
 */
export function handlePointer(svg, store, view) {
  /** @type {null | { kind: 'pan' | 'move' | 'handle' | 'draw', key: string | null, handle: string, merge: string,
   *  from: [number, number], last: [number, number], screen: [number, number], moved: boolean,
   *  start: import('./types.js').Layout }} */
  let press = null;
  /** Corners clicked so far of a region being drawn. @type {[number, number][]} */
  let corners = [];
  const sketch = svgElement('polygon', { class: 'sketch' });
  svg.append(sketch);
  /** @param {[number, number][]} points */
  const showSketch = (points) =>
    sketch.setAttribute('points', points.map((point) => point.join(',')).join(' '));
  const keyAt = (/** @type {Event} */ event) =>
    event.target instanceof Element
      ? (event.target.closest('[data-key]')?.getAttribute('data-key') ?? null)
      : null;

  svg.addEventListener('pointerdown', (event) => {
    if (event.button > 1) return;
    const at = view.toBoard(event.clientX, event.clientY);
    const key = keyAt(event);
    const handle = event.target instanceof Element ? event.target.getAttribute('data-handle') : null;
    /** @type {'pan' | 'move' | 'handle' | 'draw'} */
    let kind = 'pan';
    if (event.button === 0 && store.mode !== 'select') kind = 'draw';
    else if (event.button === 0 && store.editable && handle) kind = 'handle';
    else if (event.button === 0 && store.editable && key && key === store.selected) kind = 'move';
    press = {
      ...{ kind, key, handle: handle ?? '', merge: `drag ${Date.now()}`, from: at, last: at, moved: false },
      ...{ screen: [event.clientX, event.clientY], start: store.layout },
    };
    svg.setPointerCapture(event.pointerId);
  });

  svg.addEventListener('pointermove', (event) => {
    const at = view.toBoard(event.clientX, event.clientY);
    if (!press) {
      if (corners.length > 0) showSketch([...corners, at]);
      const key = keyAt(event);
      if (key !== store.hovered) store.set({ hovered: key });
      return;
    }
    const [dx, dy] = [event.clientX - press.screen[0], event.clientY - press.screen[1]];
    if (!press.moved && Math.hypot(dx, dy) < CLICK) return;
    press.moved = true;
    if (press.kind === 'pan') {
      view.pan(event.clientX - press.screen[0], event.clientY - press.screen[1]);
      press.screen = [event.clientX, event.clientY];
    } else if (press.kind === 'draw') {
      showSketch(corners.length > 0 ? [...corners, at] : cornersOf(boxBetween(press.from, at)));
    } else if (press.key) {
      const next =
        press.kind === 'move'
          ? moveItem(press.start, press.key, at[0] - press.from[0], at[1] - press.from[1])
          : dragHandle(press.start, press.key, press.handle, at);
      store.edit(next, press.merge);
    }
  });

  svg.addEventListener('pointerup', (event) => {
    const done = press;
    press = null;
    if (!done) return;
    const at = view.toBoard(event.clientX, event.clientY);
    if (done.kind === 'draw') finishDrawing(done.from, at, done.moved);
    else if (!done.moved && event.button === 0 && done.kind !== 'handle') store.set({ selected: done.key });
  });
  svg.addEventListener('pointercancel', () => {
    press = null;
    showSketch(corners);
  });
  svg.addEventListener('pointerleave', () => store.hovered && store.set({ hovered: null }));
  svg.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : 1;
      view.zoom(Math.exp((-event.deltaY * lines) / 400), view.toBoard(event.clientX, event.clientY));
    },
    { passive: false },
  );
  // Other modes begin anew: half a region is none.
  let mode = store.mode;
  store.subscribe(() => {
    if (store.mode === mode) return;
    mode = store.mode;
    corners = [];
    showSketch([]);
  });

  /** @param {[number, number]} from @param {[number, number]} to @param {boolean} dragged */
  function finishDrawing(from, to, dragged) {
    if (store.mode === 'add-site') {
      showSketch([]);
      if (dragged) finish(addSite(store.layout, boxBetween(from, to), likelyClass(store)));
    } else if (dragged && corners.length === 0) {
      endRegion(cornersOf(boxBetween(from, to)));
    } else {
      const first = corners[0];
      const closes = first && corners.length > 2 && distance(first, to) < 10 * view.scale;
      const twice =
        corners.length > 2 && distance(/** @type {[number, number]} */ (corners.at(-1)), to) < 4 * view.scale;
      if (closes || twice) return endRegion(corners);
      corners.push(to);
      showSketch(corners);
    }
  }
  /** @param {[number, number][]} polygon */
  function endRegion(polygon) {
    finish(addRegion(store.layout, polygon, store.mode === 'add-ignore' ? 'ignore' : 'high-risk'));
  }
  /** @param {{ layout: import('./types.js').Layout, key: string }} added */
  function finish({ layout, key }) {
    store.edit(layout);
    store.set({ selected: key, mode: 'select' });
  }
}

/** Class for a new site: that of the one chosen before, since like parts are marked in a row. @param {import('./types.js').Store} store */
export function likelyClass({ layout, selected }) {
  return siteOf(layout, selected)?.label ?? null;
}

/** @param {import('./types.js').Layout} layout @param {string} key @param {string} handle @param {[number, number]} to */
function dragHandle(layout, key, handle, [x, y]) {
  if (key.startsWith('region:')) return moveCorner(layout, key, Number(handle), [x, y]);
  const box = boxOf(layout, key);
  if (!box) return layout;
  let [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height];
  if (handle.includes('w')) left = x;
  if (handle.includes('e')) right = x;
  if (handle.includes('n')) top = y;
  if (handle.includes('s')) bottom = y;
  return placeSite(layout, key, boxBetween([left, top], [right, bottom]));
}

/** @param {[number, number]} a @param {[number, number]} b */
function boxBetween([ax, ay], [bx, by]) {
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) };
}

/** @param {import('./types.js').Box} box @returns {[number, number][]} */
function cornersOf({ x, y, width, height }) {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

/** @param {[number, number]} a @param {[number, number]} b */
function distance([ax, ay], [bx, by]) {
  return Math.hypot(ax - bx, ay - by);
}
