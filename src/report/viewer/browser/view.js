/** Screen pixels that a pixel of the frame is enlarged to at most, and the share of the fitting size at least. */
const MOST_ZOOM = 48;
const LEAST_OF_FIT = 0.5;

/**
 * Zoom and pan, the same for all canvases.
 * @param {() => [number, number]} size of a canvas on the screen
 * @param {{ width: number, height: number }} frame
 * @returns {import('./types.js').View}
 */
export function createView(size, frame) {
  let scale = 1;
  let [x, y] = [frame.width / 2, frame.height / 2]; // the middle of what is seen
  let fitted = true;
  /** What was framed last, as long as nothing moved since. @type {import('./types.js').Box | null} */
  let framed = null;
  /** @type {(() => void)[]} */
  const listeners = [];
  const fitScale = () => {
    const [width, height] = size();
    return 0.97 * Math.min(width / frame.width, height / frame.height);
  };
  const apply = () => {
    // The middle stays on the board, so that it cannot get lost.
    x = Math.max(0, Math.min(frame.width, x));
    y = Math.max(0, Math.min(frame.height, y));
    for (const listener of listeners) listener();
  };
  /** @type {import('./types.js').View} */
  const view = {
    get scale() {
      return scale;
    },
    get left() {
      return x - size()[0] / 2 / scale;
    },
    get top() {
      return y - size()[1] / 2 / scale;
    },
    pan(dx, dy) {
      fitted = false;
      framed = null;
      x -= dx / scale;
      y -= dy / scale;
      apply();
    },
    zoom(factor, at = [x, y]) {
      const next = Math.max(LEAST_OF_FIT * fitScale(), Math.min(MOST_ZOOM, scale * factor));
      x = at[0] - ((at[0] - x) * scale) / next;
      y = at[1] - ((at[1] - y) * scale) / next;
      scale = next;
      fitted = false;
      framed = null;
      apply();
    },
    fit() {
      [x, y] = [frame.width / 2, frame.height / 2];
      scale = fitScale();
      fitted = true;
      framed = null;
      apply();
    },
    frame(box) {
      const [width, height] = size();
      scale = Math.min(MOST_ZOOM / 4, Math.min(width / box.width, height / box.height));
      [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      fitted = false;
      framed = box;
      apply();
    },
    resized() {
      if (fitted) view.fit();
      else if (framed) view.frame(framed);
      else apply();
    },
    middle: () => [x, y],
    subscribe: (listener) => listeners.push(listener),
  };
  return view;
}
