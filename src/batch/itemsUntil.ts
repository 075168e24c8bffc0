/** A list as long as somebody works on it: a watched folder never ends by itself, so its end must not be awaited. */
export async function* itemsUntil<T>(
  items: Iterable<T> | AsyncIterable<T>,
  ended: Promise<void>,
): AsyncGenerator<T> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  for (;;) {
    const next = await Promise.race([iterator.next(), ended]);
    if (!next || next.done) return;
    yield next.value;
  }
}
