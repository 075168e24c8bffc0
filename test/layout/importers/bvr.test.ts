import { describe, expect, it } from 'vitest';
import { bvr, looksLikeBvr } from '../../../src/layout/importers/bvr.js';
import { fileOf } from '../exporters/reference.js';

const ONE = [
  'BVRAW_FORMAT_1',
  '<<Layout>>',
  'X Y',
  '0.000,0.000',
  '2.000, 0.000',
  '2.000 1.000',
  '0.000,1.000',
  '<<Pin>>',
  'PART SIDE ID NAME X Y LAYER NET',
  'R1\t(T)\t1\t1\t0.4\t0.2\t1\tGND',
  'R1\t(T)\t2\t2\t0.5\t0.2\t1\t+3V3',
  'C1 (B) 1 1 0.3 0.3 2 GND',
  'C1 (B) 2 2 0.3 0.26 2 +3V3',
  '<<Nail>>',
  'TAG X Y TYPE GRID SIDE NETID NET',
  'N1\t0.1 0.1 1 G (T) 3 GND',
];

const THREE = [
  'BVRAW_FORMAT_3',
  '',
  'PART_NAME R1',
  '   PART_SIDE T',
  '   PART_ORIGIN 450 200',
  '   PART_MOUNT SMD',
  '   PIN_ID R1-1',
  '      PIN_NUMBER 1',
  '      PIN_ORIGIN -50 0',
  '      PIN_RADIUS 20',
  '      PIN_NET GND',
  '   PIN_END',
  '   PIN_ID R1-2',
  '      PIN_ORIGIN 50 0',
  '      PIN_RADIUS 20',
  '      PIN_NET +3V3',
  '   PIN_END',
  'PART_END',
  'PART_NAME U1',
  'PART_SIDE B',
  'PART_ORIGIN 1000 500',
  'PART_OUTLINE_RELATIVE -100 -200 100 200',
  'PIN_ORIGIN 0 0',
  'PIN_END',
  'PART_END',
  'OUTLINE_POINTS 0 0 2000 0 2000 1000 0 1000 0 0',
];
const layoutOf = (lines: readonly string[]) => bvr(fileOf('board.bvr', lines.join('\n')));

describe('BVRAW_FORMAT_1', () => {
  it('reads inches', () => {
    const { kind, unit, outline, sites } = layoutOf(ONE);
    expect([kind, unit]).toEqual(['bvr', 'mm']);
    expect(outline).toEqual([
      [0, 0],
      [50.8, 0],
      [50.8, -25.4],
      [0, -25.4],
    ]);
    expect(sites.map(({ id, side }) => [id, side])).toEqual([
      ['R1', 'top'],
      ['C1', 'bottom'],
    ]);
    expect(sites[0]!.at).toEqual([11.43, -5.08]);
    // 40 mil apart: pads reach 12 mil, so the body is 24 × 64 mil.
    const [[left, top], , [right, bottom]] = sites[1]!.body! as [[number, number], unknown, [number, number]];
    expect(right - left).toBeCloseTo(0.6096, 6);
    expect(Math.abs(bottom - top)).toBeCloseTo(1.6256, 6);
  });

  it.each([
    [
      'a pin with too few words',
      [...ONE.slice(0, 9), 'R1 (T) 1 1 0.4'],
      'line 10: expected part, side, number',
    ],
    ['a pin at no number', [...ONE.slice(0, 9), 'R1 (T) 1 1 a 0.2 1 GND'], 'line 10: expected x as a number'],
    ['a corner at infinity', [...ONE.slice(0, 3), 'Infinity,0'], 'line 4: expected x as a number'],
    ['no pins', ONE.slice(0, 9), 'expected pins under <<Pin>>, got none'],
  ])('refuses %s', (_, lines, message) => {
    expect(() => layoutOf(lines)).toThrow(message);
  });
});

describe('BVRAW_FORMAT_3', () => {
  it('reads pins from the part’s origin, with pads as the file has them', () => {
    const { outline, sites, lacks } = layoutOf(THREE);
    expect(outline).toHaveLength(5);
    expect(sites[0]).toMatchObject({ id: 'R1', side: 'top' });
    expect(sites[0]!.body).toEqual([
      [9.652, -4.572],
      [13.208, -4.572],
      [13.208, -5.588],
      [9.652, -5.588],
    ]);
    expect(lacks).toContain('body-size');
  });

  it('reads pins from the board’s origin where that brings them nearer to their parts', () => {
    const lines = THREE.map((line) => line.replace('PIN_ORIGIN -50 0', 'PIN_ORIGIN 400 200'))
      .map((line) => line.replace('PIN_ORIGIN 50 0', 'PIN_ORIGIN 500 200'))
      .map((line) => line.replace('PIN_ORIGIN 0 0', 'PIN_ORIGIN 1000 500'));
    expect(layoutOf(lines).sites).toEqual(layoutOf(THREE).sites);
  });

  it('takes a part’s own outline', () => {
    const u1 = layoutOf(THREE).sites[1]!;
    expect(u1).toMatchObject({ id: 'U1', side: 'bottom', at: [25.4, -12.7] });
    expect(u1.body).toEqual([
      [22.86, -7.62],
      [27.94, -7.62],
      [27.94, -17.78],
      [22.86, -17.78],
    ]);
  });

  it('joins segments, and takes the largest loop', () => {
    const segments =
      'OUTLINE_SEGMENTED 10 10 20 10 20 10 20 20 20 20 10 10 0 0 2000 0 2000 1000 2000 0 0 1000 2000 1000 0 1000 0 0';
    expect(layoutOf([...THREE.slice(0, -1), segments]).outline).toEqual([
      [0, 0],
      [50.8, 0],
      [50.8, -25.4],
      [0, -25.4],
    ]);
  });

  it.each([
    ['a file that is cut off', THREE.slice(0, 9), 'end of file: expected PART_END of "R1"'],
    ['a part in a part', [...THREE.slice(0, 4), 'PART_NAME R2'], 'line 5: expected PART_END of "R1"'],
    ['a pin outside of a part', ['BVRAW_FORMAT_3', 'PIN_ORIGIN 1 1'], 'line 2: expected PIN_ORIGIN between'],
    ['a pin without place', [...THREE.slice(0, 8), 'PIN_END'], 'line 9: expected PIN_ORIGIN before PIN_END'],
    ['half a point', [...THREE.slice(0, 4), 'PART_ORIGIN 450'], 'line 5: expected pairs of coordinates'],
    ['an absurd place', [...THREE.slice(0, 4), 'PART_ORIGIN 450 1e300'], 'line 5: expected y as a number'],
    ['no parts', ['BVRAW_FORMAT_3', 'OUTLINE_POINTS 0 0 1 0 1 1'], 'expected parts, got no PART_NAME'],
    ['another version', ['BVRAW_FORMAT_2'], 'expected BVRAW_FORMAT_1 or BVRAW_FORMAT_3, got 2'],
  ])('refuses %s', (_, lines, message) => {
    expect(() => layoutOf(lines)).toThrow(message);
  });

  it('refuses more parts than a reference takes', () => {
    const lines = Array.from({ length: 20_001 }, (_, k) => `PART_NAME R${k}\nPART_ORIGIN 1 1\nPART_END`);
    expect(() => layoutOf(['BVRAW_FORMAT_3', ...lines])).toThrow('expected at most 20000 parts');
  });

  it('tells its own files', () => {
    expect(looksLikeBvr(fileOf('a.bvr', THREE.join('\n')))).toBe(true);
    expect(looksLikeBvr(fileOf('a.bvr', 'BVR BVRAW_FORMAT'))).toBe(false);
  });
});
