import { describe, expect, it } from 'vitest';
import { centroid, looksLikeCentroid } from '../../../src/layout/importers/centroid.js';

const input = (text: string | Buffer, name = 'place.csv') => ({ name, bytes: Buffer.from(text as string) });
const read = (text: string | Buffer) => centroid(input(text));
const short = (text: string | Buffer) =>
  read(text).sites.map(({ id, side, at, rotation, part }) => [id, side, ...at, rotation, part]);

const KICAD_POS = `### Footprint positions - created on Mon 01 Jan 2024 ###
### Printed by KiCad version 8.0.1
## Unit = mm, Angle = deg.
## Side : All
# Ref     Val          Package                     PosX       PosY       Rot  Side
C1        100n         C_0402_1005Metric        10.5000   -20.2500   90.0000  top
U1        STM32F4      LQFP-64_10x10mm_P0.5mm   30.0000   -40.0000  180.0000  bottom
## End
`;
const KICAD_CSV = `Ref,Val,Package,PosX,PosY,Rot,Side
"C1","100n","C_0402_1005Metric",10.500000,-20.250000,90.000000,top
"U1","STM32F4","LQFP-64_10x10mm_P0.5mm",30.000000,-40.000000,180.000000,bottom
`;
const EASYEDA = `Designator\tFootprint\tMid X\tMid Y\tRef X\tRef Y\tPad X\tPad Y\tLayer\tRotation\tComment
"C1"\t"C0402"\t"10.5mm"\t"-20.25mm"\t"10mm"\t"-20mm"\t"9mm"\t"-20mm"\t"T"\t"90"\t"100n"
"U1"\t"LQFP-64"\t"1181.1024mil"\t"-1574.8031mil"\t"0mm"\t"0mm"\t"0mm"\t"0mm"\t"B"\t"0"\t"STM32F4"
`;
const ALTIUM = `Altium Designer Pick and Place Locations
C:\\Projects\\board.PrjPcb

========================================================================
File Design Information:

Date:       01/01/24
Units used: mm

Designator Comment     Layer       Footprint   Center-X(mm) Center-Y(mm) Rotation Description
C1         100n        TopLayer    0402        10.5000      -20.2500     90       "Capacitor, 100 nF"
U1         STM32F4     BottomLayer LQFP64      30.0000      -40.0000     0        Controller with many legs
`;
const EXPECTED = [
  ['C1', 'top', 10.5, 20.25, 90, '100n'],
  ['U1', 'bottom', 30, 40, 0, 'STM32F4'],
];

describe('placement files', () => {
  it.each([
    ['KiCad, aligned', KICAD_POS],
    ['KiCad, CSV', KICAD_CSV],
    ['the same with CRLF', KICAD_CSV.replaceAll('\n', '\r\n')],
    ['Altium, aligned', ALTIUM],
    ['EasyEDA, UTF-8', EASYEDA],
    ['EasyEDA, UTF-16', Buffer.from(`\ufeff${EASYEDA}`, 'utf16le')],
    ['the same, big-endian', Buffer.from(`\ufeff${EASYEDA}`, 'utf16le').swap16()],
    [
      'semicolons and decimal commas',
      'RefDes;X (mm);Y (mm);Rotation;Layer;Value\nC1;10,5;-20,25;90;F.Cu;100n\nU1;30;-40;0;B.Cu;STM32F4\n',
    ],
    [
      'mils in the head',
      'Designator,Ref-X(mil),Ref-Y(mil),Rotation,Layer,Comment\nC1,413.38583,-797.24409,90,TopLayer,100n\nU1,1181.1024,-1574.8031,360,Bottom Layer,STM32F4\n',
    ],
    [
      'inches in the preamble',
      'Units = inch\n\nref,x,y,rot,side,val\nC1,0.41338583,-0.79724409,90,T,100n\nU1,1.18110236,-1.57480315,-360,B,STM32F4\n',
    ],
  ])('%s', (_, text) => {
    expect(looksLikeCentroid(input(text))).toBe(true);
    const rows = short(text);
    expect(rows).toHaveLength(2);
    for (const [k, row] of rows.entries()) {
      const [id, side, x, y, rotation, part] = EXPECTED[k]!;
      expect([row[0], row[1], row[4], row[5]]).toEqual([id, side, rotation, part]);
      expect(row[2]).toBeCloseTo(x as number, 3);
      expect(row[3]).toBeCloseTo(y as number, 3);
    }
  });

  it('guesses bodies from packages and says what it lacks', () => {
    const { sites, lacks, remarks, unit, outline } = read(KICAD_CSV);
    // 0402 is 1 × 0.5 mm, turned by 90°.
    expect(sites[0]!.body).toEqual([
      [10.25, 20.75],
      [10.25, 19.75],
      [10.75, 19.75],
      [10.75, 20.75],
    ]);
    expect(lacks).toEqual(['outline', 'body-size', 'do-not-populate']);
    expect(unit).toBe('mm');
    expect(outline).toBeNull();
    expect(remarks).toEqual([
      'The file names no unit: millimetres were assumed.',
      'Sizes are guessed from names of packages: the file has none.',
    ]);
  });

  it('turns X of the bottom side back where it is negated, and only there', () => {
    const text = (top: number, bottom: number) =>
      `Designator,Mid X,Mid Y,Side\nR1,${top}mm,1mm,top\nR2,${bottom}mm,1mm,bottom\n`;
    const xs = (value: string) => read(value).sites.map(({ at }) => at[0]);
    expect(xs(text(3, -5))).toEqual([3, 5]);
    expect(read(text(3, -5)).remarks.join()).toContain('negated');
    expect(xs(text(-3, -5))).toEqual([-3, -5]);
    expect(xs(text(3, 5))).toEqual([3, 5]);
  });

  it('takes large numbers without a unit as thousandths of an inch', () => {
    const { sites, remarks } = read('Designator,X,Y\nR1,1000,2000\nR2,4000,2000\n');
    expect(sites.map(({ at }) => at[0])).toEqual([25.4, 101.6]);
    expect(remarks[0]).toContain('thousandths of an inch');
  });

  it('reads what is not fitted, quotes within quotes and line breaks in cells', () => {
    const { sites, lacks } = read(
      'Designator,X (mm),Y (mm),Side,DNP,Value\nR1,1,2,top,1,"a ""b"", c"\nR2,1,2,top,,"two\nlines"\n,3,4,,,\n',
    );
    expect(sites.map(({ id, expected, part }) => [id, expected, part])).toEqual([
      ['R1', 'empty', 'a "b", c'],
      ['R2', 'fitted', 'two\nlines'],
      ['part-1', 'fitted', null],
    ]);
    expect(lacks).toEqual(['outline', 'body-size', 'side', 'rotation']);
  });

  it('cuts aligned columns at the head where values have blanks', () => {
    const text = `Designator Comment      Layer    Center-X(mm) Center-Y(mm)
R1         10 k 1 %     TopLayer 1.5          2.5
R2                      TopLayer 3            4
`;
    expect(short(text)).toEqual([
      ['R1', 'top', 1.5, -2.5, null, '10 k 1 %'],
      ['R2', 'top', 3, -4, null, null],
    ]);
  });
});

describe('placement files that are none', () => {
  const head = 'Designator,Mid X,Mid Y,Rotation\n';
  it.each([
    ['no head', 'a,b,c\n1,2,3\n', 'expected a head that names designator, x and y'],
    ['empty', '', 'expected a head'],
    ['no number', `${head}R1,abc,2,0\n`, 'line 2: expected x as a number up to 1000000, got "abc"'],
    ['NaN', `${head}R1,1,NaN,0\n`, 'line 2: expected y as a number up to 1000000, got "NaN"'],
    ['absurd', `${head}R1,1,2,0\nR2,1e300,2,0\n`, 'line 3: expected x'],
    ['absurd with a unit', `${head}R1,99999999mm,2,0\n`, 'line 2: expected x'],
    ['a strange unit', `${head}R1,1furlong,2,0\n`, 'got "1furlong"'],
    ['cut off', `${head}R1,1`, 'line 2: expected y as a number up to 1000000, got none'],
    ['an infinite rotation', `${head}R1,1,2,Infinity\n`, 'line 2: expected a rotation'],
    [
      'a quote that never closes',
      `${head}R1,"1,2,0\n${'R,1,2,0\n'.repeat(5000)}`,
      'line 2: expected a row of at most',
    ],
    ['too many rows', `${head}${'R,1,2,0\n'.repeat(20_001)}`, 'expected at most 20000 parts'],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow('place.csv');
  });

  it('takes no other file for one', () => {
    for (const text of ['', '{"a": 1}', '<IPC-2581>', 'hello world', '0 0.5 0.5 0.1 0.1\n']) {
      expect(looksLikeCentroid(input(text))).toBe(false);
    }
  });
});
