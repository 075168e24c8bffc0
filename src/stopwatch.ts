/** Milliseconds by stage. */
export interface Stopwatch {
  laps: Record<string, number>;
  /** Notes the time since the last lap (or the start) under a name. */
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
      laps[name] = Math.round(now - last);
      last = now;
    },
  };
}
