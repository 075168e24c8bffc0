/** A share in whole percent, rounded down: 100 % means all of it. */
export function wholePercent(share: number): string {
  // 0.58 × 100 is a hair below 58.
  return `${Math.floor(100 * share + 1e-9)} %`;
}

/** A share in percent, to the nearest. */
export function nearestPercent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
