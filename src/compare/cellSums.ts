/** Sums of products of two pictures, cell by cell. */
export interface Sums {
  ab: Float64Array;
  aa: Float64Array;
  bb: Float64Array;
  count: Float64Array;
}

/** @param where one byte a pixel, non-zero where both are looked at */
export function sumsOf(
  [a, b]: readonly [Float32Array, Float32Array],
  where: Uint8Array,
  width: number,
  cell: number,
): Sums {
  const height = a.length / width;
  const columns = Math.ceil(width / cell);
  const cells = columns * Math.ceil(height / cell);
  const [ab, aa, bb, count] = [0, 1, 2, 3].map(() => new Float64Array(cells)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    for (let column = 0, x = 0; column < columns; column++) {
      const [from, to] = [y * width + x, y * width + Math.min(width, x + cell)];
      let [sab, saa, sbb, n] = [0, 0, 0, 0];
      for (let k = from; k < to; k++) {
        if (where[k] === 0) continue;
        const [p, q] = [a[k]!, b[k]!];
        sab += p * q;
        saa += p * p;
        sbb += q * q;
        n++;
      }
      ab[row + column]! += sab;
      aa[row + column]! += saa;
      bb[row + column]! += sbb;
      count[row + column]! += n;
      x += cell;
    }
  }
  return { ab, aa, bb, count };
}

/** Sums without those cells. */
export function without(sums: Sums, cells: ArrayLike<number>): Sums {
  const one = (values: Float64Array) => values.map((value, k) => (cells[k] ? 0 : value));
  return { ab: one(sums.ab), aa: one(sums.aa), bb: one(sums.bb), count: one(sums.count) };
}

/** Sums over all cells, in one. */
export function total(sums: Sums): Sums {
  const one = (values: Float64Array) => Float64Array.of(values.reduce((sum, value) => sum + value, 0));
  return { ab: one(sums.ab), aa: one(sums.aa), bb: one(sums.bb), count: one(sums.count) };
}

/** Sums over each cell and those at most `reach` away, by an integral image. */
export function around(sums: Sums, columns: number, rows: number, reach: number): Sums {
  const one = (values: Float64Array) => sumAround(values, columns, rows, reach);
  return { ab: one(sums.ab), aa: one(sums.aa), bb: one(sums.bb), count: one(sums.count) };
}

/** The same for plain values. */
export function sumAround(values: Float64Array, columns: number, rows: number, reach: number): Float64Array {
  const wide = columns + 1;
  const integral = new Float64Array(wide * (rows + 1));
  for (let y = 0; y < rows; y++) {
    let line = 0;
    for (let x = 0; x < columns; x++) {
      line += values[y * columns + x]!;
      integral[(y + 1) * wide + x + 1] = integral[y * wide + x + 1]! + line;
    }
  }
  return values.map((_, k) => {
    const x = k % columns;
    const y = (k - x) / columns;
    const [x0, x1] = [Math.max(0, x - reach), Math.min(columns, x + reach + 1)];
    const [y0, y1] = [Math.max(0, y - reach) * wide, Math.min(rows, y + reach + 1) * wide];
    return integral[y1 + x1]! - integral[y1 + x0]! - integral[y0 + x1]! + integral[y0 + x0]!;
  });
}

export function correlation(ab: number, aa: number, bb: number): number {
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
