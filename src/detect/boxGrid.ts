/**
 * Boxes by coarse cell, so that each is compared with its neighbours only. Linked lists in typed arrays: finding
 * rivals allocates nothing.
 */
export class BoxGrid {
  private readonly columns: number;
  private readonly rows: number;
  /** Newest entry of each cell, −1 for none. */
  private readonly heads: Int32Array;
  private items = new Int32Array(1024);
  private next = new Int32Array(1024);
  private entries = 0;

  /**
   * @param corners left, top, right, bottom of each box, none of them negative
   * @param right extent of all boxes, in the same unit
   * @param cell side of a cell
   */
  constructor(
    private readonly corners: Float32Array,
    right: number,
    bottom: number,
    private readonly cell = 128,
  ) {
    this.columns = Math.floor(right / cell) + 1;
    this.rows = Math.floor(bottom / cell) + 1;
    this.heads = new Int32Array(this.columns * this.rows).fill(-1);
  }

  add(k: number): void {
    const { corners, cell, columns } = this;
    const lastRow = Math.floor(corners[4 * k + 3]! / cell);
    const lastColumn = Math.floor(corners[4 * k + 2]! / cell);
    for (let row = Math.floor(corners[4 * k + 1]! / cell); row <= lastRow; row++) {
      for (let column = Math.floor(corners[4 * k]! / cell); column <= lastColumn; column++) {
        if (this.entries === this.items.length) this.grow();
        this.items[this.entries] = k;
        this.next[this.entries] = this.heads[row * columns + column]!;
        this.heads[row * columns + column] = this.entries++;
      }
    }
  }

  /** Whether a box added before that shares a cell with box k passes a test. One may be asked about more than once. */
  some(k: number, test: (other: number, k: number) => boolean): boolean {
    const { corners, cell, columns } = this;
    const lastRow = Math.floor(corners[4 * k + 3]! / cell);
    const lastColumn = Math.floor(corners[4 * k + 2]! / cell);
    for (let row = Math.floor(corners[4 * k + 1]! / cell); row <= lastRow; row++) {
      for (let column = Math.floor(corners[4 * k]! / cell); column <= lastColumn; column++) {
        for (let at = this.heads[row * columns + column]!; at >= 0; at = this.next[at]!) {
          if (test(this.items[at]!, k)) return true;
        }
      }
    }
    return false;
  }

  private grow(): void {
    const items = new Int32Array(2 * this.items.length);
    const next = new Int32Array(2 * this.next.length);
    items.set(this.items);
    next.set(this.next);
    this.items = items;
    this.next = next;
  }
}
