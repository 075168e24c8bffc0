/** What a user's Ctrl-C means to a scan. */
export interface Stopping {
  /** Aborted by the first: finish what is running. */
  stop: AbortController;
  /** Aborted by the second: end at once. */
  now: AbortController;
  /** Gives the signals back. */
  off: () => void;
}

/** Takes Ctrl-C and its relatives over. @param onFirst called at the first one */
export function stopOnSignals(onFirst: () => void): Stopping {
  const stop = new AbortController();
  const now = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) now.abort();
    else {
      stop.abort();
      onFirst();
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  const off = () => {
    for (const signal of signals) process.removeListener(signal, onSignal);
  };
  return { stop, now, off };
}
