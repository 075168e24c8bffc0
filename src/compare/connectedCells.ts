/**
 * The cells of a grid that hang together with one, side by side.
 * @param start of them, taken already
 * @param columns of the grid
 * @param take whether a cell beside them is one of them too; asked about cells before and after the grid as well, and about a
 *   cell again until it has said yes: it must say so only once
 * @returns all of them, nearest first
 */
export function connectedCells(start: number, columns: number, take: (k: number) => boolean): number[] {
  const cells = [start];
  for (let n = 0; n < cells.length; n++) {
    const k = cells[n]!;
    const x = k % columns;
    if (x > 0 && take(k - 1)) cells.push(k - 1);
    if (x < columns - 1 && take(k + 1)) cells.push(k + 1);
    if (take(k - columns)) cells.push(k - columns);
    if (take(k + columns)) cells.push(k + columns);
  }
  return cells;
}
