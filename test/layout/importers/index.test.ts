import { describe, expect, it } from 'vitest';
import { importLayout } from '../../../src/layout/importers/index.js';

const read = (text: string, name = 'anything.dat') => importLayout({ name, bytes: Buffer.from(text) });

describe('formats told by content', () => {
  it.each([
    [
      'kicad',
      '(kicad_pcb (footprint "a" (layer "F.Cu") (at 1 1) (fp_text reference "R1") (pad "1" smd rect (at 0 0) (size 1 1) (layers "F.Cu"))))',
    ],
    ['centroid', 'Designator,Mid X,Mid Y,Layer\nR1,1mm,2mm,T\n'],
    [
      'ibom',
      '{"edges_bbox":{},"edges":[],"footprints":[{"ref":"R1","layer":"F","bbox":{"pos":[0,0],"size":[1,1]}}]}',
    ],
    [
      'coco',
      '{"images":[{"id":1}],"categories":[{"id":1,"name":"resistor"}],"annotations":[{"image_id":1,"category_id":1,"bbox":[1,2,3,4]}]}',
    ],
    ['yolo', '0 0.5 0.5 0.1 0.1\n'],
    [
      'brd2',
      'BRDOUT: 3 100 100\n0 0\n100 0\n100 100\n\nNETS: 0\n\nPARTS: 1\nR1 0 0 10 10 0 1\n\nPINS: 1\n5 5 0 1\n\nNAILS: 0\n',
    ],
  ])('%s', (kind, text) => {
    const layout = read(text);
    expect(layout.kind).toBe(kind);
    expect(layout.sites).toHaveLength(1);
  });

  it('takes classes from designators where the format has none', () => {
    const { sites, lacks } = read(
      'BRDOUT: 3 100 100\n0 0\n100 0\n100 100\n\nNETS: 0\n\nPARTS: 1\nU7 0 0 10 10 0 1\n\nPINS: 1\n5 5 0 1\n',
    );
    expect(sites[0]).toMatchObject({ id: 'U7', label: 'ic' });
    expect(lacks).not.toContain('labels');
  });

  it('says in one line what is read when it is none of these', () => {
    for (const text of ['hello', '<svg/>', '{"a": 1}', '\x89PNG\r\n', '(kicad_sch (version 1))']) {
      expect(() => read(text)).toThrow(
        'anything.dat: expected a layout, got none of the formats that are read',
      );
    }
    expect(() => read('')).toThrow('anything.dat: expected a layout, got an empty file');
    expect(() => read('(kicad_pcb (version 1))')).toThrow('anything.dat: expected parts, got none');
    try {
      read('hello');
    } catch (error) {
      expect((error as { hint: string }).hint).toMatch(/^Read are: KiCad board .*placement file/);
    }
  });
});
