import { describe, expect, it } from 'vitest';
import { boundingBox } from '../../../src/geometry/index.js';
import { EXPORTERS } from '../../../src/layout/exporters/index.js';
import { coco } from '../../../src/layout/importers/coco.js';
import type { ImportedLayout } from '../../../src/layout/importers/imported.js';
import { yolo } from '../../../src/layout/importers/yolo.js';
import type { ReferenceFile } from '../../../src/layout/index.js';
import { fileOf, reference } from './reference.js';

/** The sites of an import as a reference would hold them: places are pixels already. */
function sitesOf({ sites }: ImportedLayout): ReferenceFile['sites'] {
  return sites.map(({ id, label, expected, body, rotation, part }) => ({
    id,
    label,
    expected,
    box: boundingBox(body!),
    score: null,
    ...(rotation === null ? {} : { rotation }),
    ...(part === null ? {} : { part }),
  }));
}

describe('COCO', () => {
  it('gives annotations in pixels and keeps empty sites apart', () => {
    const document = JSON.parse(EXPORTERS.coco(reference));
    expect(document.images).toEqual([{ id: 1, file_name: 'golden-1.jpg', width: 200, height: 100 }]);
    expect(document.categories).toEqual([
      { id: 1, name: 'capacitor' },
      { id: 2, name: 'ic' },
      { id: 3, name: 'resistor' },
    ]);
    expect(document.annotations).toEqual([
      {
        id: 1,
        image_id: 1,
        category_id: 3,
        bbox: [20, 30, 8, 4],
        area: 32,
        iscrowd: 0,
        site: 'R1',
        expected: 'fitted',
        rotation: 90,
        part: '10k, 1 %',
      },
      {
        id: 2,
        image_id: 1,
        category_id: 2,
        bbox: [100, 40, 30, 20],
        area: 600,
        iscrowd: 0,
        site: 'U1',
        expected: 'optional',
      },
    ]);
    expect(document.emptySites).toMatchObject([
      { id: 3, category_id: 1, bbox: [50.5, 60.25, 6, 3], site: 'C1' },
    ]);
  });

  it('loses nothing that it can hold on the way out and back', () => {
    const text = EXPORTERS.coco(reference);
    const sites = sitesOf(coco(fileOf('a.json', text)));
    expect(sites).toEqual(reference.sites.map((site) => ({ ...site, score: null })));
    expect(EXPORTERS.coco({ ...reference, sites })).toBe(text);
  });

  it('keeps sites of unknown class', () => {
    const sites = [{ ...reference.sites[1]!, label: null }];
    const text = EXPORTERS.coco({ ...reference, sites });
    expect(JSON.parse(text).categories).toEqual([{ id: 1, name: 'unknown' }]);
    expect(sitesOf(coco(fileOf('a.json', text)))).toEqual(sites);
  });
});

describe('YOLO', () => {
  it('gives shares of the photo, and no line for an empty site', () => {
    expect(EXPORTERS.yolo(reference)).toBe(
      '# classes: ic, resistor\n' +
        '# size: 200 100\n' +
        '1 0.12000000 0.32000000 0.04000000 0.04000000\n' +
        '0 0.57500000 0.50000000 0.15000000 0.20000000\n',
    );
  });

  it('keeps boxes and classes on the way out and back', () => {
    const text = EXPORTERS.yolo(reference);
    const back = yolo(fileOf('a.txt', text));
    expect(back.unit).toBe('px');
    expect(back.sites.map(({ label }) => label)).toEqual(['resistor', 'ic']);
    for (const [k, { body }] of back.sites.entries()) {
      const { x, y, width, height } = reference.sites[k]!.box;
      const box = boundingBox(body!);
      expect(box.x).toBeCloseTo(x, 5);
      expect(box.y).toBeCloseTo(y, 5);
      expect(box.width).toBeCloseTo(width, 5);
      expect(box.height).toBeCloseTo(height, 5);
    }
    expect(EXPORTERS.yolo({ ...reference, sites: sitesOf(back) })).toBe(text);
  });

  it('lets no name end the list of names', () => {
    const sites = [{ ...reference.sites[0]!, label: 'chip,\nsmall' }];
    expect(EXPORTERS.yolo({ ...reference, sites }).split('\n')[0]).toBe('# classes: chip small');
  });
});

describe('centroid', () => {
  it('gives middles in millimetres from the lower left, without empty sites', () => {
    expect(EXPORTERS.centroid(reference)).toBe(
      'Designator,Val,Package,Mid X,Mid Y,Rotation,Side,Class,Expected\n' +
        'R1,"10k, 1 %",,2.4000,6.8000,90.00,top,resistor,fitted\n' +
        'U1,,,11.5000,5.0000,0.00,top,ic,optional\n',
    );
  });

  it('gives the bottom side as seen through the top', () => {
    const bottom = { ...reference, source: { ...reference.source, side: 'bottom' as const } };
    expect(EXPORTERS.centroid(bottom).split('\n')[1]).toBe(
      'R1,"10k, 1 %",,17.6000,6.8000,90.00,bottom,resistor,fitted',
    );
  });

  it('says that it needs the scale', () => {
    const frame = { ...reference.frame, mmPerPixel: null };
    expect(() => EXPORTERS.centroid({ ...reference, frame })).toThrow('expected its scale');
  });
});

describe('Label Studio', () => {
  it('gives one task with boxes in per cent', () => {
    const tasks = JSON.parse(EXPORTERS['label-studio'](reference));
    expect(tasks).toHaveLength(1);
    expect(tasks[0].data).toEqual({ image: 'golden-1.jpg' });
    expect(tasks[0].annotations[0].result).toEqual([
      {
        id: 'R1',
        type: 'rectanglelabels',
        from_name: 'label',
        to_name: 'image',
        original_width: 200,
        original_height: 100,
        image_rotation: 0,
        value: { x: 10, y: 30, width: 4, height: 4, rotation: 0, rectanglelabels: ['resistor'] },
      },
      {
        id: 'U1',
        type: 'rectanglelabels',
        from_name: 'label',
        to_name: 'image',
        original_width: 200,
        original_height: 100,
        image_rotation: 0,
        value: { x: 50, y: 40, width: 15, height: 20, rotation: 0, rectanglelabels: ['ic'] },
      },
    ]);
  });
});
