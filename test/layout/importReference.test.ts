import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { collectPoint } from '../../src/cli/referenceImport.js';
import { loadDetector } from '../../src/detect/index.js';
import { boxCenter, mapPoint, type Point } from '../../src/geometry/index.js';
import { importReference } from '../../src/importReference.js';
import { importVariant } from '../../src/importVariant.js';
import { checkReference } from '../../src/layout/check.js';
import { median } from '../../src/layout/fit.js';
import { readReferenceFolder } from '../../src/layout/index.js';
import { openReference } from '../../src/learn.js';

const truth = JSON.parse(readFileSync('samples/truth.json', 'utf8'));
const [golden] = truth.photos;
const photo = `samples/${golden.path}`;
const noDetector = () => Promise.reject(new Error('no detector is needed'));
const detector = () => loadDetector(undefined, { threads: 1 });

let folder: string;
let output: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'boardiff-'));
  output = join(folder, 'reference');
});

function file(name: string, content: string | object): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** The sample board as a placement file: no sizes, no outline; 325 sites, 14 of them not fitted. */
const placement = () =>
  `Designator,Mid X,Mid Y,Layer,Rotation,DNP\n${truth.sites
    .map(({ ref, boxMm: { x, y, width, height }, fitted }: Truth) =>
      [ref, `${x + width / 2}mm`, `${-(y + height / 2)}mm`, 'T', 90, fitted ? '' : 1].join(','),
    )
    .join('\n')}\n`;

interface Truth {
  ref: string;
  fitted: boolean;
  boxMm: { x: number; y: number; width: number; height: number };
}

const KICAD = `(kicad_pcb (version 20240108) (title_block (title "tiny"))
  (gr_rect (start 100 100) (end 120 110) (layer "Edge.Cuts"))
  (footprint "R_0603" (layer "F.Cu") (at 105 105 90) (property "Reference" "R1") (property "Value" "10k")
    (fp_rect (start -1 -0.5) (end 1 0.5) (layer "F.Fab")) (pad "1" smd rect (at -1 0) (size 1 1) (layers "F.Cu")))
  (footprint "SO8" (layer "B.Cu") (at 117 105 0) (property "Reference" "U1") (attr smd dnp)
    (fp_rect (start -1 -2) (end 1 2) (layer "B.Fab")) (pad "1" smd rect (at -1 0) (size 1 1) (layers "B.Cu"))))`;

describe('import without a photo', () => {
  it('makes a frame of 0.05 mm a pixel with 2 mm around the outline', async () => {
    const { description, fit, remarks } = await importReference(
      file('a.kicad_pcb', KICAD),
      output,
      noDetector,
    );
    expect(fit).toBeNull();
    expect(remarks).toContain('1 parts are on the other side and were left out.');
    expect((await readReferenceFolder(output)).description).toEqual(description);
    expect(description).toMatchObject({
      name: 'tiny',
      source: { kind: 'kicad', file: 'a.kicad_pcb', side: 'top', lacks: [] },
      frame: { width: 480, height: 280, mmPerPixel: 0.05 },
      golden: [],
    });
    expect(description.outline).toEqual({
      found: true,
      polygon: [
        [40, 40],
        [440, 40],
        [440, 240],
        [40, 240],
      ],
    });
    // 2 × 1 mm, turned by 90°, its middle 5 mm from the left and the top.
    expect(description.sites).toEqual([
      {
        id: 'R1',
        label: 'resistor',
        expected: 'fitted',
        box: { x: 130, y: 120, width: 20, height: 40 },
        rotation: 90,
        part: '10k',
        score: null,
      },
    ]);
  });

  it('shows the bottom side as it is seen from below', async () => {
    const { description } = await importReference(file('a.kicad_pcb', KICAD), output, noDetector, {
      side: 'bottom',
      name: 'mine',
    });
    expect(description.name).toBe('mine');
    expect(description.source.side).toBe('bottom');
    // 17 mm from the left as seen through the top: 3 mm from the left as seen from below.
    expect(description.sites).toMatchObject([
      {
        id: 'U1',
        label: 'ic',
        expected: 'empty',
        box: { x: 80, y: 100, width: 40, height: 80 },
        rotation: 180,
      },
    ]);
  });

  it('names what lies off the board and what is told twice, at once or in the check', async () => {
    const part = (ref: string, x: number, y = 5) => ({
      ref,
      layer: 'F',
      bbox: { pos: [x, y], size: [2, 1], relpos: [-1, -0.5] },
      pads: [{}, {}],
    });
    const data = {
      edges_bbox: {},
      edges: [{ type: 'rect', start: [0, 0], end: [30, 20] }],
      // A millimetre beside the board, far beside it, and the same part under two names.
      footprints: [part('R1', 5), part('R2', 31), part('R3', 90), part('R4', 15), part('R5', 15)],
    };
    const { remarks } = await importReference(file('a.json', data), output, noDetector);
    expect(remarks).toContain('1 parts are outside of the frame and were left out: R3.');
    const told = (await checkReference(output)).map(({ where, message }) => `${where}: ${message}`);
    expect(told).toContain('reference.json sites.R2: the site lies outside of the board’s outline');
    expect(told).toContain('reference.json sites.R5: the site is in the same place as R4');
    expect(told.join()).not.toContain('sites.R1');
  });

  it('refuses a side that has no parts', async () => {
    const path = file('a.csv', 'Designator,X (mm),Y (mm),Side\nR1,0,0,top\n');
    await expect(importReference(path, output, noDetector, { side: 'bottom' })).rejects.toThrow(
      'expected parts on the bottom side and in the frame, got none of 1',
    );
  });

  it('is told by openers that it cannot be compared with', async () => {
    await importReference(file('a.kicad_pcb', KICAD), output, noDetector);
    await expect(openReference(output, await detector())).rejects.toThrow(
      `${output}: expected a reference with a golden photo, got a layout alone`,
    );
  });

  it.each([
    ['no such file', () => join(folder, 'absent.csv'), 'no such file'],
    ['a folder', () => folder, 'got no file'],
    ['an unknown format', () => file('a.txt', 'hello'), 'got none of the formats that are read'],
    ['a damaged board', () => file('a.kicad_pcb', KICAD.slice(0, -40)), 'line 6: expected ")"'],
    [
      'a board of a kilometre',
      () => file('a.csv', 'Designator,X (mm),Y (mm)\nR1,0,0\nR2,900000,0\n'),
      'expected a board of at most 5000 mm',
    ],
    [
      'shares of a picture',
      () => file('a.txt', '0 0.5 0.5 0.1 0.1\n'),
      'expected a layout that tells its unit',
    ],
  ])('writes nothing for %s', async (_, path, message) => {
    await expect(importReference(path(), output, noDetector)).rejects.toThrow(message);
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([]);
  });
});

describe('import with a photo', () => {
  /** Median distance in millimetres between sites and where the photo truly has them. */
  const errorOf = (
    sites: readonly { id: string; box: Parameters<typeof boxCenter>[0] }[],
    mmPerPixel: number,
  ) => {
    const places = new Map<string, Point>(
      truth.sites.map(({ ref, boxMm }: Truth) => [ref, mapPoint(golden.mmToPhoto, boxCenter(boxMm))]),
    );
    return median(
      sites.map(({ id, box }) => {
        const [x, y] = boxCenter(box);
        const [u, v] = places.get(id)!;
        return Math.hypot(x - u, y - v) * mmPerPixel;
      }),
    );
  };

  it('lays a placement file onto it by the parts that are seen', async () => {
    const { description, fit } = await importReference(file('a.csv', placement()), output, detector, {
      photo,
    });
    expect(description.sites).toHaveLength(325);
    expect(description.sites.filter(({ expected }) => expected === 'empty')).toHaveLength(14);
    expect(errorOf(description.sites, description.frame.mmPerPixel!)).toBeLessThan(0.2);
    expect(description.frame.mmPerPixel).toBeCloseTo(0.051, 2);
    expect(fit!.residualMm).toBeLessThan(0.2);
    expect(fit!.inlierShare).toBeGreaterThan(0.4);
    expect(description.source).toEqual({
      kind: 'centroid',
      file: 'a.csv',
      side: 'top',
      lacks: ['outline', 'body-size'],
    });
    // The photo is turned by less than a degree.
    expect(Math.abs(description.sites[0]!.rotation! - 90)).toBeLessThan(2);
    const opened = await openReference(output, await detector());
    expect(opened.sites).toHaveLength(325);
  });

  it('lays a layout onto it by typed points', async () => {
    const pick = (ref: string) => {
      const { boxMm } = truth.sites.find((site: Truth) => site.ref === ref);
      return { layout: ref, photo: mapPoint(golden.mmToPhoto, boxCenter(boxMm)) };
    };
    const corner = mapPoint(golden.mmToPhoto, [100, 80]);
    const { description, fit } = await importReference(file('a.csv', placement()), output, detector, {
      photo,
      // The file counts y upwards.
      points: [pick('J1'), pick('J2'), { layout: [100, -80], photo: corner }, pick(truth.sites.at(-1).ref)],
    });
    expect(fit).toMatchObject({ pairs: 4, mirrored: false, inlierShare: null });
    expect(errorOf(description.sites, description.frame.mmPerPixel!)).toBeLessThan(0.1);
  });

  it('refuses a layout of another board with the numbers and what to do', async () => {
    const rows = truth.sites.map(
      ({ ref }: Truth, k: number) => `${ref},${(k * 37) % 110}mm,${-((k * 53) % 85)}mm,T`,
    );
    const path = file('a.csv', `Designator,Mid X,Mid Y,Layer\n${rows.join('\n')}\n`);
    const error = await importReference(path, output, detector, { photo }).catch((thrown) => thrown);
    expect(error.message).toMatch(/expected a photo that the layout can be laid onto, but top side: /);
    expect(error.hint).toContain('--point');
    expect(existsSync(output)).toBe(false);
  });

  it('lays boxes drawn over a picture onto it by its size', async () => {
    const boxes = '# classes: ic\n0 0.5 0.25 0.1 0.2\n';
    // 2400 × 1800: shares of it, and pixels of a picture of half its size.
    for (const text of [boxes, `# size: 1200 900\n${boxes}`]) {
      const { description } = await importReference(file('a.txt', text), output, detector, {
        photo,
        force: true,
      });
      expect(description.frame).toEqual({ width: 2400, height: 1800, mmPerPixel: null });
      expect(description.sites.map(({ box }) => box)).toEqual([{ x: 1080, y: 270, width: 240, height: 360 }]);
      expect(description.source.lacks).toContain('scale');
    }
    const square = file('b.txt', `# size: 900 900\n${boxes}`);
    await expect(importReference(square, output, detector, { photo, force: true })).rejects.toThrow(
      'expected the picture that the boxes were drawn over, 900 × 900, got 2400 × 1800',
    );
  });

  it('refuses points without a photo, and names that the layout does not have', async () => {
    const path = file('a.csv', placement());
    const points = [{ layout: 'X99', photo: [1, 2] as Point }];
    await expect(importReference(path, output, noDetector, { points })).rejects.toThrow(
      '--point: expected a photo',
    );
    await expect(importReference(path, output, detector, { points, photo })).rejects.toThrow('got "X99"');
  });
});

describe('another fitting', () => {
  it('is noted at the sites that differ', async () => {
    await importReference(
      file('a.csv', 'Designator,X (mm),Y (mm)\nR1,0,0\nR2,10,0\nR3,20,0\nR4,20,9\n'),
      output,
      noDetector,
    );
    const lite = file('b.csv', 'Designator,X (mm),Y (mm),DNP\nR1,0,0,\nR2,10,0,1\nR4,20,9,\nR9,3,3,\n');
    const { differing, remarks } = await importVariant(lite, output, 'lite');
    expect(differing).toBe(2);
    expect(remarks).toContain('1 parts of the file are at no site of the reference and were left out.');
    const { description } = await readReferenceFolder(output);
    expect(description.variants).toEqual(['lite']);
    expect(description.sites.map(({ id, variants }) => [id, variants])).toEqual([
      ['R1', undefined],
      ['R2', { lite: 'empty' }],
      ['R3', { lite: 'empty' }],
      ['R4', undefined],
    ]);
    await expect(importVariant(file('c.csv', 'Designator,X,Y\nZ1,0,0\n'), output, 'x')).rejects.toThrow(
      'got none of its 4',
    );
  });
});

describe('--point', () => {
  it('takes a name or a place', () => {
    expect(collectPoint('R1=120,340.5', [])).toEqual([{ layout: 'R1', photo: [120, 340.5] }]);
    expect(collectPoint('10.5,-20=1,2', [])).toEqual([{ layout: [10.5, -20], photo: [1, 2] }]);
    expect(collectPoint('A=B=1,2', [])).toEqual([{ layout: 'A=B', photo: [1, 2] }]);
  });

  it.each([
    'R1',
    'R1=',
    'R1=1',
    '=1,2',
    'R1=a,b',
    'R1=1,2,3',
    'R1=NaN,2',
    'R1=1.2.3,4',
    'R1=1e9,0',
    'R1=99999999,0',
  ])('refuses %s', (text) => {
    expect(() => collectPoint(text, [])).toThrow('expected NAME=PX,PY or X,Y=PX,PY');
  });
});
