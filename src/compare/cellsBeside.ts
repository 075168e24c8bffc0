/** The cells of a grid around one, up to eight, row after row. @param columns, rows of the grid */
export function cellsBeside(k: number, columns: number, rows: number): number[] {
  const [x, y] = [k % columns, Math.floor(k / columns)];
  const beside: number[] = [];
  for (let j = Math.max(0, y - 1); j <= Math.min(rows - 1, y + 1); j++) {
    for (let i = Math.max(0, x - 1); i <= Math.min(columns - 1, x + 1); i++) {
      if (i !== x || j !== y) beside.push(j * columns + i);
    }
  }
  return beside;
}
