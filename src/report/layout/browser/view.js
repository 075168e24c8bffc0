/** How far in and out the board can be zoomed: screen pixels a reference pixel, and the share of the fitting size. */
const MOST_ZOOM = 16;
const LEAST_OF_FIT = 0.5;

/**
 * Zoom and pan: the drawing's viewBox follows. `--px` in it is the size of a screen pixel, for letters that keep theirs.
 * @param {SVGSVGElement} svg
 * @param {{ width: number, height: number }} frame
 * @returns {import('./types.js').View}
 */
export function createView(svg, frame) {
  let scale = 1; // reference pixels a screen pixel
  let [left, top] = [0, 0];
  let fitted = true;
  /** @type {(() => void)[]} */
  const listeners = [];

  const size = () => {
    const { width, height } = svg.getBoundingClientRect();
    return [Math.max(1, width), Math.max(1, height)];
  };
  const fitScale = () => {
    const [width, height] = size();
    return 1.04 * Math.max(frame.width / width, frame.height / height);
  };
  const apply = () => {
    const [width, height] = size();
    // The middle of what is seen stays on the board, so that it cannot get lost.
    left = Math.max(-width * scale * 0.5, Math.min(frame.width - width * scale * 0.5, left));
    top = Math.max(-height * scale * 0.5, Math.min(frame.height - height * scale * 0.5, top));
    svg.setAttribute('viewBox', `${left} ${top} ${width * scale} ${height * scale}`);
    svg.style.setProperty('--px', String(scale));
    for (const listener of listeners) listener();
  };
  const fitAll = () => {
    const [width, height] = size();
    scale = fitScale();
    left = (frame.width - width * scale) / 2;
    top = (frame.height - height * scale) / 2;
    fitted = true;
    apply();
  };

  /** @type {import('./types.js').View} */
  const view = {
    get scale() {
      return scale;
    },
    toBoard(clientX, clientY) {
      const { x, y } = svg.getBoundingClientRect();
      return [left + (clientX - x) * scale, top + (clientY - y) * scale];
    },
    pan(dx, dy) {
      fitted = false;
      left -= dx * scale;
      top -= dy * scale;
      apply();
    },
    zoom(factor, at = view.middle()) {
      const next = Math.max(1 / MOST_ZOOM, Math.min(fitScale() / LEAST_OF_FIT, scale / factor));
      left = at[0] - ((at[0] - left) * next) / scale;
      top = at[1] - ((at[1] - top) * next) / scale;
      scale = next;
      fitted = false;
      apply();
    },
    fit: fitAll,
    reveal({ x, y, width, height }) {
      const [w, h] = size();
      const margin = 24 * scale;
      const inSight =
        x > left + margin &&
        y > top + margin &&
        x + width < left + w * scale - margin &&
        y + height < top + h * scale - margin;
      if (inSight || fitted) return;
      left = x + width / 2 - (w * scale) / 2;
      top = y + height / 2 - (h * scale) / 2;
      apply();
    },
    middle() {
      const [width, height] = size();
      return [left + (width * scale) / 2, top + (height * scale) / 2];
    },
    subscribe: (listener) => listeners.push(listener),
  };
  new ResizeObserver(() => (fitted ? fitAll() : apply())).observe(svg);
  // On paper the whole board is wanted, whatever was looked at; the page shows the same again afterwards.
  /** @type {[number, number, number, boolean] | null} */
  let before = null;
  addEventListener('beforeprint', () => {
    before = [scale, left, top, fitted];
    scale = Math.max(frame.width / 1000, frame.height / 1000);
    svg.style.setProperty('--px', String(scale));
    for (const listener of listeners) listener();
    svg.setAttribute('viewBox', `0 0 ${frame.width} ${frame.height}`);
  });
  addEventListener('afterprint', () => {
    if (before) [scale, left, top, fitted] = before;
    apply();
  });
  fitAll();
  return view;
}
