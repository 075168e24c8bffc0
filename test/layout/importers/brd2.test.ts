import { describe, expect, it } from 'vitest';
import { brd2, looksLikeBrd2 } from '../../../src/layout/importers/brd2.js';
import { fileOf } from '../exporters/reference.js';

/** A board of 2000 × 1000 mil: R1 and an IC on top, C1 on the bottom, whose places count down from the top edge. */
const LINES = [
  '0',
  'BRDOUT: 5 2000 1000',
  '0 0',
  '2000 0',
  '2000 1000',
  '0 1000',
  '0 0',
  '',
  'NETS: 2',
  '1 GND',
  '2 +3V3',
  '',
  'PARTS: 4',
  'R1 380 190 520 210 0 1',
  'U1 1000 400 1100 600 2 1',
  'C1 300 700 340 720 6 2',
  'J1 1500 100 1700 300 8 1',
  '',
  'PINS: 8',
  '400 200 1 1',
  '500 200 2 1',
  '1000 400 1 1',
  '1100 400 2 1',
  '1000 450 1 1',
  '1100 450 2 1',
  '300 700 1 2',
  '300 740 2 2',
  '',
  'NAILS: 1',
  '1 50 50 1 1',
];
const layoutOf = (lines: readonly string[]) => brd2(fileOf('board.brd', lines.join('\r\n')));
const changed = (line: number, text: string) => LINES.map((was, k) => (k === line - 1 ? text : was));

describe('BRD2', () => {
  it('tells its own files', () => {
    expect(looksLikeBrd2(fileOf('a.brd', LINES.join('\n')))).toBe(true);
    expect(looksLikeBrd2(fileOf('a.brd', 'str_length: 0\nvar_data: 0 0 0 0\n'))).toBe(false);
    expect(looksLikeBrd2(fileOf('a.brd', ''))).toBe(false);
  });

  it('reads the outline in millimetres, y down', () => {
    const { unit, outline, lacks } = layoutOf(LINES);
    expect(unit).toBe('mm');
    expect(outline).toEqual([
      [0, 0],
      [50.8, 0],
      [50.8, -25.4],
      [0, -25.4],
      [0, 0],
    ]);
    expect(lacks).not.toContain('outline');
    expect(lacks).toContain('rotation');
  });

  it('takes bodies from pins, with pads of 0.3 of the smallest step', () => {
    const [r1, u1] = layoutOf(LINES).sites;
    // Pins 100 mil apart: pads reach 30 mil. The box of the file, 380 to 520, is not taken.
    expect(r1).toMatchObject({
      id: 'R1',
      side: 'top',
      at: [11.43, -5.08],
      rotation: null,
      expected: 'fitted',
    });
    expect(r1!.body).toEqual([
      [9.398, -4.318],
      [13.462, -4.318],
      [13.462, -5.842],
      [9.398, -5.842],
    ]);
    expect(u1!.at).toEqual([26.67, -10.795]);
  });

  it('turns the bottom side over', () => {
    const c1 = layoutOf(LINES).sites[2]!;
    // 700 and 740 mil from the top of 1000 are 300 and 260 mil from the bottom.
    expect(c1).toMatchObject({ id: 'C1', side: 'bottom', at: [7.62, -7.112] });
  });

  it('takes the box of the file where a part has no pins', () => {
    const j1 = layoutOf(LINES).sites[3]!;
    expect(j1.at).toEqual([40.64, -5.08]);
    expect(j1.body![0]).toEqual([38.1, -2.54]);
  });

  it.each([
    [
      'a corner that is no number',
      changed(3, '0 x'),
      'board.brd: line 3: expected y as a number up to 1000000, got "x"',
    ],
    ['a coordinate beyond any board', changed(20, '4e9 200 1 1'), 'line 20: expected x as a number'],
    ['a coordinate that is none', changed(20, 'NaN 200 1 1'), 'line 20: expected x as a number'],
    ['a part without side', changed(14, 'R1 380 190 520 210 0'), 'line 14: expected a side as a number'],
    [
      'a first pin beyond the pins',
      changed(17, 'J1 0 0 1 1 99 1'),
      'line 16: expected the pins of "C1" within 8',
    ],
    ['first pins out of order', changed(15, 'U1 0 0 1 1 7 1'), 'line 15: expected the pins of "U1"'],
    ['a count beyond any board', changed(19, 'PINS: 999999999'), 'line 19: expected a number of lines as'],
    ['more lines than counted', changed(19, 'PINS: 7'), 'expected 7 lines under PINS:, got 8'],
    ['a section told twice', [...LINES, 'NETS: 0'], 'line 31: expected NETS: once'],
    ['a file that is cut off', LINES.slice(0, 23), 'end of file: expected 8 lines under PINS:, got 4'],
    ['a file without pins', LINES.slice(0, 18), 'expected a section PINS:, got none'],
    ['a file without parts', LINES.slice(0, 8), 'expected a section PARTS:, got none'],
  ])('refuses %s', (_, lines, message) => {
    expect(() => layoutOf(lines)).toThrow(message);
  });

  it('refuses bytes that are no text, quickly', () => {
    const bytes = new Uint8Array(1_000_000).map((_, k) => (k * 7919) % 256);
    expect(() => brd2({ name: 'noise', bytes })).toThrow('noise');
  });
});
