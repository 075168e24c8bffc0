/** A part in a photo as fits see it: middle and sides in pixels. */
export interface Place {
  x: number;
  y: number;
  long: number;
  short: number;
  label: string;
}

/** Cells a side; 4096 cells hold a few parts each. */
const CELLS = 64;

/** Finds the part nearest to a place without looking at all of them. */
export class PlaceGrid {
  readonly #cells: Place[][] = Array.from({ length: CELLS * CELLS }, () => []);
  readonly #left: number;
  readonly #top: number;
  readonly #size: number;

  constructor(places: readonly Place[]) {
    const xs = places.map(({ x }) => x);
    const ys = places.map(({ y }) => y);
    this.#left = Math.min(...xs);
    this.#top = Math.min(...ys);
    this.#size = Math.max(1, Math.max(...xs) - this.#left, Math.max(...ys) - this.#top) / CELLS;
    for (const place of places) this.#cells[this.#row(place.y) * CELLS + this.#column(place.x)]!.push(place);
  }

  /** The nearest part within `reach` pixels that fits; null when there is none. */
  nearest(
    x: number,
    y: number,
    reach: number,
    fits: (place: Place) => boolean,
  ): { place: Place; distance: number } | null {
    if (!(reach > 0) || !Number.isFinite(x + y + reach)) return null;
    let best: Place | null = null;
    let least = reach;
    const [from, to] = [this.#column(x - reach), this.#column(x + reach)];
    const last = this.#row(y + reach);
    for (let row = this.#row(y - reach); row <= last; row++) {
      for (let column = from; column <= to; column++) {
        for (const place of this.#cells[row * CELLS + column]!) {
          const distance = Math.hypot(place.x - x, place.y - y);
          if (distance <= least && fits(place)) {
            least = distance;
            best = place;
          }
        }
      }
    }
    return best && { place: best, distance: least };
  }

  #column(x: number): number {
    return Math.min(CELLS - 1, Math.max(0, Math.floor((x - this.#left) / this.#size)));
  }

  #row(y: number): number {
    return Math.min(CELLS - 1, Math.max(0, Math.floor((y - this.#top) / this.#size)));
  }
}
