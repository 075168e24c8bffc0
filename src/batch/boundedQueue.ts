/** A queue between one that puts and several that take; the one waits while it is full, the others while it is empty. */
export class BoundedQueue<T> {
  private readonly items: T[] = [];
  private readonly takers: ((item: T | undefined) => void)[] = [];
  private readonly putters: (() => void)[] = [];
  private closed = false;

  /** @param capacity items that wait at most, 1 and more */
  constructor(private readonly capacity: number) {}

  /** Waits for room; what is put after closing is dropped. */
  async put(item: T): Promise<void> {
    while (!this.closed && this.takers.length === 0 && this.items.length >= this.capacity) {
      await new Promise<void>((resolve) => this.putters.push(resolve));
    }
    if (this.closed) return;
    const taker = this.takers.shift();
    if (taker) taker(item);
    else this.items.push(item);
  }

  /** The next item; undefined when it is closed and empty. */
  take(): Promise<T | undefined> {
    const item = this.items.shift();
    this.putters.shift()?.();
    if (item !== undefined) return Promise.resolve(item);
    if (this.closed) return Promise.resolve(undefined);
    return new Promise((resolve) => this.takers.push(resolve));
  }

  /** Nothing more comes. @param drop whether what waits is dropped too */
  close(drop = false): void {
    this.closed = true;
    if (drop) this.items.length = 0;
    for (const taker of this.takers.splice(0)) taker(undefined);
    for (const putter of this.putters.splice(0)) putter();
  }
}
