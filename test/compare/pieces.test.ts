import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../src/compare/pieces.js';

/** Cells of a picture in letters, `#` for those of the place. */
function cellsOf(rows: readonly string[]): { cells: number[]; columns: number } {
  const columns = rows[0]!.length;
  const cells = [...rows.join('')].flatMap((letter, k) => (letter === '#' ? [k] : []));
  return { cells, columns };
}

function sizes(rows: readonly string[]): number[] {
  const { cells, columns } = cellsOf(rows);
  const pieces = piecesOf(cells, columns);
  expect(pieces.flat().sort((a, b) => a - b)).toEqual(cells);
  return pieces.map((piece) => piece.length);
}

describe('pieces of a place', () => {
  it('leaves whole what fills its box, and small things however they lie', () => {
    expect(sizes(['####', '####', '.###'])).toEqual([11]);
    expect(sizes(['#..', '.#.', '..#'])).toEqual([3]);
  });

  it('cuts a strip around a corner into its two arms', () => {
    const rows = ['##########', ...new Array<string>(9).fill('#.........')];
    expect(sizes(rows)).toEqual([10, 9]);
  });

  it('cuts a frame into its four sides', () => {
    const rows = ['##########', ...new Array<string>(8).fill('#........#'), '##########'];
    expect(sizes(rows).sort((a, b) => a - b)).toEqual([8, 8, 10, 10]);
  });

  it('follows a diagonal in steps', () => {
    const rows = Array.from({ length: 24 }, (_, y) => `${'.'.repeat(y)}###${'.'.repeat(24 - y)}`);
    const pieces = sizes(rows);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.length).toBeLessThan(12);
  });

  it('gives nothing for nothing', () => {
    expect(piecesOf([], 10)).toEqual([]);
  });
});
