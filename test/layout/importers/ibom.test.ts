import { describe, expect, it } from 'vitest';
import { signedArea } from '../../../src/geometry/index.js';
import { ibom, looksLikeIbom } from '../../../src/layout/importers/ibom.js';
import { unpackLzString } from '../../../src/layout/importers/lzString.js';

const DATA = {
  edges_bbox: { minx: 0, miny: 0, maxx: 20, maxy: 10 },
  edges: [
    { type: 'segment', start: [0, 0], end: [20, 0], width: 0.1 },
    { type: 'segment', start: [20, 10], end: [20, 0], width: 0.1 },
    { type: 'segment', start: [0, 10], end: [20, 10], width: 0.1 },
    { type: 'segment', start: [0, 0], end: [0, 10], width: 0.1 },
    { type: 'circle', start: [10, 5], radius: 1, width: 0.1 },
  ],
  metadata: { title: 'demo', revision: '1', company: '', date: '' },
  footprints: [
    {
      ref: 'R1',
      center: [5, 5],
      bbox: { pos: [5, 5], angle: 90, size: [4, 2], relpos: [-2, -1] },
      pads: [],
      drawings: [],
      layer: 'F',
    },
    { ref: 'U1', center: [15, 5], bbox: { pos: [13, 4], size: [4, 2] }, pads: [], drawings: [], layer: 'B' },
    { ref: 'C9', center: [1, 1], bbox: { pos: [1, 1], size: [1, 1] }, pads: [], drawings: [], layer: 'F' },
    { ref: 'REF**', center: [1, 1], bbox: { pos: [1, 1], size: [1, 1] }, pads: [], drawings: [], layer: 'F' },
  ],
  bom: { skipped: [2, 3], fields: { 0: ['10k', 'R_0603'], 1: ['LM358', 'SO-8'] } },
  ibom_version: 'v2.9.0',
};

const input = (text: string, name = 'ibom.html') => ({ name, bytes: Buffer.from(text) });
const read = (text: string) => ibom(input(text));
const page = (data: string) =>
  `<!DOCTYPE html>\n<html><script>\n${'// program\n'.repeat(20_000)}var config = {"a": 1}\nvar pcbdata = ${data}\n</script></html>`;

describe('InteractiveHtmlBom', () => {
  it.each([
    ['JSON', JSON.stringify(DATA)],
    ['JSON for its generic reader', JSON.stringify({ spec_version: 1, pcbdata: DATA })],
    ['a page with plain data', page(JSON.stringify(DATA))],
  ])('reads %s', (_, text) => {
    expect(looksLikeIbom(input(text))).toBe(true);
    const { outline, sites, lacks, remarks, name, kind } = read(text);
    expect({ name, kind, lacks }).toEqual({ name: 'demo', kind: 'ibom', lacks: [] });
    expect(Math.abs(signedArea(outline!))).toBe(200);
    expect(remarks).toEqual([
      '1 footprints that the bill of materials skips are no parts and were left out.',
      '1 parts that the bill of materials skips are taken as not fitted.',
    ]);
    expect(sites.slice(0, 2)).toEqual([
      {
        id: 'R1',
        label: 'resistor',
        side: 'top',
        at: [5, 5],
        rotation: 90,
        body: [
          [4, 7],
          [4, 3],
          [6, 3],
          [6, 7],
        ],
        expected: 'fitted',
        part: '10k',
      },
      {
        id: 'U1',
        label: 'ic',
        side: 'bottom',
        at: [15, 5],
        rotation: 180,
        body: [
          [13, 4],
          [17, 4],
          [17, 6],
          [13, 6],
        ],
        expected: 'fitted',
        part: 'LM358',
      },
    ]);
    expect(sites[2]).toMatchObject({ id: 'C9', expected: 'empty' });
  });

  it('unpacks what lz-string 1.5 packs', () => {
    expect(unpackLzString('N4IghiBcDaCMA0AmeBmeDlo6guvEAl1CIHhEIAvkA===', 100)).toBe(
      '{"a":[1,2,3,1,2,3,1,2,3],"é":"∞"}',
    );
    expect(unpackLzString('IY5A', 4)).toBe('aaaa');
    expect(unpackLzString('IY5A', 3)).toBeNull();
    expect(unpackLzString('Q===', 4)).toBe('');
    expect(unpackLzString('', 4)).toBeNull();
    expect(unpackLzString('IY', 4)).toBeNull();
    expect(unpackLzString('%%%%', 4)).toBeNull();
  });

  it('reads packed data, and says what is in it', () => {
    // {"edges":[],"footprints":[]}, packed by lz-string 1.5.
    const packed = 'N4IgpgJg5mDOIC4DaBdANCAZge2wFwAcAnASwDs95kUBfIA=';
    const text = page(`JSON.parse(LZString.decompressFromBase64("${packed}"))`);
    expect(looksLikeIbom(input(text))).toBe(true);
    expect(read(text)).toMatchObject({ sites: [], outline: null, lacks: ['outline', 'do-not-populate'] });
  });

  it('joins arcs, curves and polygons', () => {
    const area = (...edges: object[]) =>
      Math.abs(signedArea(read(JSON.stringify({ ...DATA, edges })).outline!));
    const line = { type: 'segment', start: [0, 0], end: [10, 0] };
    expect(area(line, { type: 'arc', start: [5, 0], radius: 5, startangle: 180, endangle: 360 })).toBeCloseTo(
      39.27,
      0,
    );
    expect(
      area(line, { type: 'curve', start: [0, 0], cpa: [0, 10], cpb: [10, 10], end: [10, 0] }),
    ).toBeCloseTo(60, 0);
    const polygons = [
      [
        [0, 0],
        [4, 0],
        [4, 3],
        [0, 3],
      ],
    ];
    expect(area({ type: 'polygon', pos: [50, 50], angle: 30, polygons })).toBeCloseTo(12, 5);
  });
});

describe('InteractiveHtmlBom that is none', () => {
  const json = (change: object) => JSON.stringify({ ...DATA, ...change });
  it.each([
    ['cut off JSON', JSON.stringify(DATA).slice(0, 300), 'expected pcbdata as JSON'],
    ['a cut off page', page(JSON.stringify(DATA)).slice(0, -300), 'expected the end of pcbdata'],
    ['a page without data', '<!doctype html><html></html>', 'expected a page with "var pcbdata = …"'],
    ['other code', page('steal()'), 'expected pcbdata as an object or packed by LZString, got "steal()'],
    ['damaged data', page('JSON.parse(LZString.decompressFromBase64("AAAA"))'), 'got damaged or larger data'],
    ['no footprints', json({ footprints: undefined }), 'at footprints'],
    [
      'absurd places',
      json({ footprints: [{ ref: 'R1', layer: 'F', bbox: { pos: [1e300, 0], size: [1, 1] } }] }),
      'at footprints.0.bbox.pos.0',
    ],
    [
      'no numbers',
      json({ edges: [{ type: 'segment', start: [null, 0], end: [1, 1] }] }),
      'at edges.0.start.0',
    ],
    [
      'an edge without an end',
      json({ edges: [{ type: 'segment', start: [0, 0] }] }),
      'at edges.0: expected "end"',
    ],
    [
      'another layer',
      json({ footprints: [{ ref: 'R1', layer: 'X', bbox: { pos: [0, 0], size: [1, 1] } }] }),
      'at footprints.0.layer: expected "F" or "B", got "X"',
    ],
    [
      'too many edges',
      json({ edges: Array.from({ length: 2_000 }, () => ({ type: 'circle', start: [0, 0], radius: 1 })) }),
      'expected at most 100000 points of the outline',
    ],
    [
      'too many parts',
      json({ footprints: Array.from({ length: 20_001 }, () => DATA.footprints[0]) }),
      'expected at most 20000 parts',
    ],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow('ibom.html');
  });

  it('stops unpacking a small file that would fill the memory', () => {
    const start = performance.now();
    const text = page(`JSON.parse(LZString.decompressFromBase64("${bomb(50_000)}"))`);
    expect(() => read(text)).toThrow('got damaged or larger data');
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

/** Codes that each stand for one character more than the one before: 1 + 2 + 3 + … characters. */
function bomb(codes: number): string {
  const bits: number[] = [];
  const write = (value: number, count: number) => {
    for (let k = 0; k < count; k++) bits.push((value >> k) & 1);
  };
  write(0, 2);
  write(97, 8);
  let [size, width, room] = [4, 3, 4];
  for (let k = 0; k < codes; k++) {
    write(size++, width);
    if (--room === 0) room = 1 << width++;
  }
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let text = '';
  for (let k = 0; k + 6 <= bits.length; k += 6)
    text += alphabet[Number.parseInt(bits.slice(k, k + 6).join(''), 2)];
  return text;
}
