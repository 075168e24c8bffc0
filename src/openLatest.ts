/**
 * Opens things by key and keeps the last few of them: photos of a folder show few boards, and a reference takes
 * hundreds of megabytes.
 * @param most that are kept, 1 and more
 */
export function openLatest<T>(most: number): (key: string, open: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, open) => {
    const present = kept.get(key);
    kept.delete(key);
    for (const oldest of kept.keys()) {
      if (kept.size < most) break;
      kept.delete(oldest);
    }
    const opened = present ?? open();
    kept.set(key, opened);
    // What failed may succeed another time.
    opened.catch(() => kept.delete(key));
    return opened;
  };
}
