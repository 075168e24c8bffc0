/** A number to the thousandth: of a pixel or a degree, far below what matters on a board. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}
