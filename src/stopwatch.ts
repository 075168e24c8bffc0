/** Milliseconds by stage. */
export interface Stopwatch {
  laps: Record<string, number>;
  /** Adds the time since the last lap (or the start) to a name. */
  lap(name: string): void;
}

/** Starts one. */
export function stopwatch(): Stopwatch {
  let last = performance.now();
  const laps: Record<string, number> = {};
  return {
    laps,
    lap(name) {
      const now = performance.now();
      laps[name] = (laps[name] ?? 0) + Math.round(now - last);
      last = now;
    },
  };
}
