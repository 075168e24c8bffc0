/**
 * Renews the lists of a watched folder while photos arrive, at most once in a while: reading thousands of results
 * takes seconds.
 * @param write writes them; what it cannot write, the end of the scan tells
 * @returns call `soon` after each photo, and `end` before the last writing
 */
export function refreshLists(
  write: () => Promise<void>,
  everyMs: number,
): { soon: () => void; end: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  return {
    soon() {
      timer ??= setTimeout(() => {
        writing = write()
          .catch(() => {})
          .finally(() => {
            timer = undefined;
          });
      }, everyMs);
    },
    async end() {
      clearTimeout(timer);
      await writing;
    },
  };
}
