import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boundingBox, signedArea } from '../../../src/geometry/index.js';
import { kicad, looksLikeKicad } from '../../../src/layout/importers/kicad.js';

const read = (text: string) => kicad({ name: 'board.kicad_pcb', bytes: Buffer.from(text) });

const line = (a: string, b: string, layer = 'Edge.Cuts') =>
  `(gr_line (start ${a}) (end ${b}) (layer "${layer}") (stroke (width 0.1) (type solid)))`;
/** A square of 20 mm with its corner at 100, 100; strokes in no order, one of them the other way round. */
const SQUARE = [
  line('100 100', '120 100'),
  line('100 120', '120 120'),
  line('120 120', '120 100.0004'),
  line('100 120', '100 100'),
].join('\n');
const board = (...content: string[]) =>
  `(kicad_pcb (version 20240108) (generator "pcbnew")
  (layers (0 "F.Cu" signal) (31 "B.Cu" signal) (44 "Edge.Cuts" user))
  ${content.join('\n  ')}
  (segment (start 1 2) (end 3 4) (width 0.2) (layer "F.Cu"))
)`;
const PAD = '(pad "1" smd rect (at -1 0) (size 1 2) (layers "F.Cu" "F.Mask"))';

describe('KiCad boards', () => {
  it('reads a footprint of KiCad 8, body from its fabrication drawing', () => {
    const { sites, outline, lacks, remarks, unit, kind, name } = read(
      board(
        '(title_block (title "Two parts"))',
        SQUARE,
        `(footprint "Resistor_SMD:R_0603" (layer "F.Cu") (at 110 105 90)
          (property "Reference" "R7" (at 0 0) (layer "F.SilkS"))
          (property "Value" "10k" (at 0 0) (layer "F.Fab"))
          (attr smd)
          (fp_rect (start -2 -1) (end 2 1) (layer "F.Fab"))
          (fp_rect (start -3 -2) (end 3 2) (layer "F.CrtYd"))
          ${PAD})`,
      ),
    );
    expect({ kind, name, unit, lacks, remarks }).toEqual({
      kind: 'kicad',
      name: 'Two parts',
      unit: 'mm',
      lacks: ['do-not-populate'],
      remarks: [],
    });
    expect(Math.abs(signedArea(outline!))).toBeCloseTo(400, 1);
    expect(outline).toHaveLength(4);
    expect(sites).toEqual([
      {
        id: 'R7',
        label: 'resistor',
        side: 'top',
        at: [110, 105],
        rotation: 90,
        // 90° counter-clockwise on screen takes the left end to the bottom.
        body: [
          [109, 107],
          [109, 103],
          [111, 103],
          [111, 107],
        ],
        expected: 'fitted',
        part: '10k',
      },
    ]);
  });

  it('reads a module of KiCad 5 on the bottom, body from its pads, without quotes', () => {
    const { sites } = read(
      `(kicad_pcb (version 20171130) (layers (0 F.Cu signal) (31 B.Cu signal))
        (module lib:SO8 (layer B.Cu) (tedit 0) (at 10 20 30)
          (fp_text reference U1 (at 0 0) (layer B.SilkS)) (fp_text value LM358 (at 0 0) (layer B.Fab))
          (pad 1 smd rect (at -2 0 30) (size 1 2) (layers B.Cu B.Mask))
          (pad 2 smd rect (at 2 0 120) (size 1 2) (layers B.Cu B.Mask))))`,
    );
    const [site] = sites;
    expect(site).toMatchObject({ id: 'U1', label: 'ic', side: 'bottom', rotation: 150, part: 'LM358' });
    // The second pad is turned by 90° within its footprint: -2.5 to 3 by -1 to 1, its middle 0.25 along the 30° axis.
    expect(site!.at[0]).toBeCloseTo(10 + 0.25 * Math.cos(Math.PI / 6), 5);
    expect(site!.at[1]).toBeCloseTo(20 - 0.25 * Math.sin(Math.PI / 6), 5);
    const [a, b, c] = site!.body!;
    expect(Math.hypot(b![0] - a![0], b![1] - a![1])).toBeCloseTo(5.5, 5);
    expect(Math.hypot(c![0] - b![0], c![1] - b![1])).toBeCloseTo(2, 5);
  });

  it('knows copper layers that were renamed', () => {
    const { sites } = read(
      `(kicad_pcb (layers (0 Top signal) (31 Bottom signal))
        (module a (layer Bottom) (at 1 1) (fp_text reference C1 (at 0 0) (layer B.SilkS)) (pad 1 smd rect (at 0 0) (size 1 1) (layers Bottom))))`,
    );
    expect(sites).toMatchObject([{ id: 'C1', side: 'bottom' }]);
  });

  it('tells what is not fitted, what is no part and what is not on the board', () => {
    const part = (reference: string, more: string, at = '110 110', value = '1') =>
      `(footprint "x:${reference}" (layer "F.Cu") (at ${at}) (fp_text reference "${reference}" (at 0 0)) (fp_text value "${value}" (at 0 0)) ${more})`;
    const { sites, remarks, lacks } = read(
      board(
        SQUARE,
        part('R1', `(attr smd dnp) ${PAD}`),
        part('R2', PAD, '110 110', '10k DNP'),
        part('R3', `(attr smd exclude_from_bom) ${PAD}`),
        part('H1', `(attr exclude_from_pos_files exclude_from_bom) ${PAD}`),
        part('TP1', PAD),
        part('FID1', PAD),
        part('Logo1', '(fp_line (start 0 0) (end 1 1) (layer "F.SilkS"))'),
        part('H2', '(pad "" np_thru_hole circle (at 0 0) (size 3 3) (drill 3) (layers "*.Cu"))'),
        part('R4', PAD, '300 300'),
        // Its middle is off the board, a corner of it is on: a connector at the edge.
        part('J1', '(pad "1" smd rect (at 0 0) (size 4 4) (layers "F.Cu"))', '99 110'),
      ),
    );
    expect(sites.map(({ id, expected }) => `${id} ${expected}`)).toEqual([
      'R1 empty',
      'R2 empty',
      'R3 optional',
      'J1 fitted',
    ]);
    expect(lacks).toEqual([]);
    expect(remarks).toHaveLength(4);
    expect(remarks.join(' ')).toMatch(/^5 footprints are no parts.* 1 footprints lie off .*: R4\./);
  });

  it('joins arcs of both styles, rectangles, circles, polygons, curves and edges of footprints', () => {
    const outlineOf = (...content: string[]) =>
      read(
        board(
          ...content,
          `(footprint "a" (layer "F.Cu") (at 1 1) (fp_text reference "R1" (at 0 0)) (pad "1" smd rect (at 0 0) (size 1 1) (layers "F.Cu")))`,
        ),
      ).outline!;
    // A half circle of radius 5 above a line, in both styles: 39.27 mm², a little less for the chords.
    const straight = line('0 0', '10 0');
    const old = outlineOf(straight, '(gr_arc (start 5 0) (end 0 0) (angle 180) (layer Edge.Cuts))');
    const since6 = outlineOf(straight, '(gr_arc (start 0 0) (mid 5 -5) (end 10 0) (layer "Edge.Cuts"))');
    for (const outline of [old, since6]) {
      expect(Math.abs(signedArea(outline))).toBeCloseTo(39.27, 0);
      expect(boundingBox(outline).y).toBeCloseTo(-5, 3);
      expect(boundingBox(outline).height).toBeCloseTo(5, 3);
    }
    const area = (...content: string[]) => Math.abs(signedArea(outlineOf(...content)));
    expect(area('(gr_rect (start 0 0) (end 4 3) (layer "Edge.Cuts"))')).toBe(12);
    expect(area('(gr_circle (center 0 0) (end 3 0) (layer "Edge.Cuts"))')).toBeCloseTo(9 * Math.PI, 0);
    expect(area('(gr_poly (pts (xy 0 0) (xy 4 0) (xy 0 4)) (layer "Edge.Cuts"))')).toBe(8);
    expect(
      area(line('0 0', '4 0'), '(gr_curve (pts (xy 0 0) (xy 0 4) (xy 4 4) (xy 4 0)) (layer "Edge.Cuts"))'),
    ).toBeCloseTo(9.6, 1);
    // A footprint at 5, 5 turned by 90° that brings the whole edge.
    const edge =
      '(footprint "b" (layer "F.Cu") (at 5 5 90) (fp_rect (start 0 0) (end 2 3) (layer "Edge.Cuts")))';
    expect(boundingBox(outlineOf(edge))).toEqual({ x: 5, y: 3, width: 3, height: 2 });
    // The largest loop wins over a cut-out, whatever is drawn first.
    expect(
      area(
        '(gr_circle (center 10 10) (end 11 10) (layer "Edge.Cuts"))',
        '(gr_rect (start 0 0) (end 20 20) (layer "Edge.Cuts"))',
      ),
    ).toBe(400);
  });

  it('closes small gaps, and says so where they are large', () => {
    const sides = (gap: number) => [
      line(`${gap} 0`, '50 0'),
      line('50 0', '50 50'),
      line('50 50', '0 50'),
      line('0 50', '0 0'),
    ];
    const small = read(board(...sides(0.1)));
    expect(Math.abs(signedArea(small.outline!))).toBeGreaterThan(2490);
    expect(small.remarks.join()).not.toContain('gaps');
    const large = read(board(...sides(5)));
    expect(Math.abs(signedArea(large.outline!))).toBeGreaterThan(2300);
    expect(large.remarks.join()).toContain('gaps');
  });

  it('lacks an outline where there is none', () => {
    const { outline, lacks } = read(board());
    expect(outline).toBeNull();
    expect(lacks).toContain('outline');
  });
});

describe('KiCad boards that are none', () => {
  const footprint = (more: string) => board(`(footprint "a" (layer "F.Cu") ${more})`);
  it.each([
    ['cut off', board(SQUARE).slice(0, 200), /line \d+: expected "\)" for the list that begins in line \d+/],
    ['cut off in a string', '(kicad_pcb (title_block (title "abc', /line 1: expected a closing quote/],
    ['empty', '', /expected \(kicad_pcb …\), got nothing/],
    ['another root', '(kicad_sch (version 1))', /line 1: expected \(kicad_pcb …\), got \(kicad_sch …\)/],
    ['words without brackets', 'hello', /line 1: expected "\(", got "hello"/],
    ['no place', footprint(''), /line 3: expected x as a number/],
    [
      'a place that is none',
      footprint('(at NaN 3)'),
      /line 3: expected x as a number up to 1000000, got "NaN"/,
    ],
    ['an absurd place', footprint('(at 1e300 3)'), /got "1e300"/],
    ['an infinite angle', footprint('(at 1 2 Infinity)'), /expected an angle .* got "Infinity"/],
    ['a list for a number', footprint('(at (x 1) 2)'), /expected x as a number .* got none/],
    ['an edge without an end', board('(gr_line (start 1 2) (layer "Edge.Cuts"))'), /line 3: \(end x y\)/],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow('board.kicad_pcb');
  });

  it('refuses a million brackets at once, and reads as many side by side', () => {
    const start = performance.now();
    expect(() => read(`(kicad_pcb ${'(a '.repeat(1_000_000)}`)).toThrow(
      'expected at most 64 lists within each other',
    );
    expect(read(`(kicad_pcb ${'(a)'.repeat(1_000_000)})`).sites).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('refuses more footprints, sites and outline than there can be', () => {
    const one = `(footprint "a" (layer "F.Cu") (at 1 1) ${PAD})`;
    expect(() => read(board(one.repeat(20_001)))).toThrow('expected at most 20000 parts');
    expect(() => read(board('(footprint "a" (at 1 1))'.repeat(50_001)))).toThrow('50000 footprints');
    expect(() => read(board('(gr_circle (center 0 0) (end 1 0) (layer Edge.Cuts))'.repeat(2_000)))).toThrow(
      'at most 100000 points',
    );
    const points = Array.from({ length: 10_001 }, (_, k) => `(xy ${k} ${(k * k) / 1e4})`).join('');
    expect(() => read(board(`(gr_poly (pts ${points}) (layer "Edge.Cuts"))`))).toThrow('10000 corners');
  });

  it('is told by content', () => {
    const looks = (text: string) => looksLikeKicad({ name: 'x', bytes: Buffer.from(text) });
    expect(looks('(kicad_pcb (version 4))')).toBe(true);
    expect(looks('\n (kicad_pcb\n')).toBe(true);
    expect(looks('(kicad_sch (version 4))')).toBe(false);
  });
});

/** Real boards beside the checkout, where there are any. */
const BOARDS = join('..', 'shared', 'data', 'boards');
const files = existsSync(BOARDS) ? readdirSync(BOARDS).filter((file) => file.endsWith('.kicad_pcb')) : [];

describe.runIf(files.length > 0)('real KiCad boards', () => {
  it.each(files)('%s', (file) => {
    const bytes = readFileSync(join(BOARDS, file));
    const start = performance.now();
    const { sites, outline, remarks } = kicad({ name: file, bytes });
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(outline!.length).toBeGreaterThanOrEqual(4);
    const { width, height } = boundingBox(outline!);
    expect(Math.abs(signedArea(outline!))).toBeGreaterThan(0.6 * width * height);
    const counted = { top: 0, bottom: 0 };
    for (const { expected, side } of sites) if (expected === 'fitted') counted[side!]++;
    const expected = countLines(bytes.toString());
    // What lies off the board is told, and nothing else is missing.
    const offBoard = Number(/(\d+) footprints lie off/.exec(remarks.join(' '))?.[1] ?? 0);
    expect(offBoard).toBeLessThanOrEqual(1);
    expect(expected.top + expected.bottom - counted.top - counted.bottom).toBe(offBoard);
    if (offBoard === 0) expect(counted).toEqual(expected);
  });
});

/** Fitted parts by side, counted by regular expressions on the text of each footprint. */
function countLines(text: string) {
  const counts = { top: 0, bottom: 0 };
  const bottomName = /\(31 "?([^\s"]+)"? (?:signal|power|mixed)/.exec(text)?.[1];
  const topName = /\(0 "?([^\s"]+)"? (?:signal|power|mixed)/.exec(text)?.[1];
  const chunks = text.split(/\n(?: {2}|\t)\((?=module |footprint )/).slice(1);
  for (const chunk of chunks) {
    const layer = /\(layer "?([^\s")]+)/.exec(chunk)![1];
    const [attr] = /\(attr [^(]*?\)/.exec(chunk) ?? [''];
    const value = /\(fp_text value ("(?:[^"\\]|\\.)*"|\S+)/.exec(chunk)?.[1]?.replaceAll('"', '') ?? '';
    const reference = /\(fp_text reference "?([^\s"]+)/.exec(chunk)?.[1] ?? '';
    const footprint = /^\w+ "?([^\s"]+)/.exec(chunk)![1]!.replace(/^.*:/, '');
    const copper = [...chunk.matchAll(/\(pad \S+ (\w+) [\s\S]*?\(layers ([^)]*)\)/g)].filter(
      ([, kind, layers]) =>
        kind !== 'np_thru_hole' &&
        layers!.split(/[\s"]+/).some((one) => one.endsWith('.Cu') || one === topName || one === bottomName),
    );
    if (copper.length === 0 || /virtual|board_only|exclude_from/.test(attr)) continue;
    if (copper.length === 1 && /^(TP|FID|FUD|MH|MP|HOLE)\d*$/i.test(reference)) continue;
    if (/fiducial|mounting.?hole|test.?(point|pad)|logo|solder.?jumper/i.test(footprint)) continue;
    if (/^\(?na($|[ (/])|\bdn[pifm]\b/i.test(value)) continue;
    counts[layer === bottomName ? 'bottom' : 'top']++;
  }
  return counts;
}
