import type { Box, Point } from '../../geometry/index.js';

/** The smallest box around places that come one at a time: nothing else of them is kept. */
export class Extent {
  #left = Infinity;
  #top = Infinity;
  #right = -Infinity;
  #bottom = -Infinity;

  /** Takes in a place, with `halfWidth` and `halfHeight` around it. */
  add([x, y]: Point, halfWidth = 0, halfHeight = 0): void {
    this.#left = Math.min(this.#left, x - halfWidth);
    this.#top = Math.min(this.#top, y - halfHeight);
    this.#right = Math.max(this.#right, x + halfWidth);
    this.#bottom = Math.max(this.#bottom, y + halfHeight);
  }

  /** Null while it has no area. */
  get box(): Box | null {
    const width = this.#right - this.#left;
    const height = this.#bottom - this.#top;
    return width > 0 && height > 0 ? { x: this.#left, y: this.#top, width, height } : null;
  }
}
