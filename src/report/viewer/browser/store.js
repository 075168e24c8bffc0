/** Times that a finding's own size is in sight when it is framed, and the least of it in pixels of the frame. */
const FRAMED = 4;
const LEAST_FRAMED = 120;

/**
 * What the page knows and how it is looked at.
 * @param {import('./types.js').PageData} data
 * @param {import('./types.js').View} view
 * @returns {import('./types.js').Store}
 */
export function createStore(data, view) {
  /** @type {(() => void)[]} */
  const listeners = [];
  const tell = () => {
    for (const listener of listeners) listener();
  };
  /** @type {import('./types.js').Missed[]} */
  const missed = [];
  /** @type {import('./types.js').Look} */
  const look = {
    mode: data.golden ? 'side' : 'single',
    ...{ selected: -1, photo: 0, boxes: true, sites: false, unjudged: true },
    ...{ divider: 0.5, rate: 1.5, golden: false, drawing: false },
  };
  /** @type {any} */
  const store = {
    data,
    missed,
    /** @param {Partial<import('./types.js').Look>} change */
    set(change) {
      Object.assign(store, change);
      tell();
    },
    /** @param {import('./types.js').Missed} one */
    addEscape(one) {
      missed.push(one);
      tell();
    },
    removeEscape() {
      missed.pop();
      tell();
    },
    /** @param {number} index */
    select(index) {
      const finding = data.findings[index];
      if (!finding) return;
      Object.assign(store, { selected: index, photo: finding.photo });
      tell();
      if (finding.place) view.frame(framing(finding.place));
    },
    /** @param {() => void} listener */
    subscribe: (listener) => listeners.push(listener),
  };
  return Object.assign(store, look);
}

/** What is shown of a place so that it can be judged: with its surroundings. @param {import('./types.js').Box} box */
export function framing({ x, y, width, height }) {
  const side = Math.max(LEAST_FRAMED, FRAMED * Math.max(width, height));
  return { x: x + width / 2 - side / 2, y: y + height / 2 - side / 2, width: side, height: side };
}
