/**
 * Solves n linear equations by Gaussian elimination with partial pivoting.
 * @param rows n × (n + 1), the right-hand side last; changed in place
 * @param least a pivot of at most this size counts as none
 * @returns the n unknowns, or null when the system has no one solution
 */
export function solveLinear(rows: (number[] | Float64Array)[], least: number): number[] | null {
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    }
    if (!(Math.abs(rows[pivot]![column]!) > least)) return null;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < n; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let k = column; k <= n; k++) rows[row]![k]! -= factor * rows[column]![k]!;
    }
  }
  return rows.map((row, k) => row[n]! / row[k]!);
}
