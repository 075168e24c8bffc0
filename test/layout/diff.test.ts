import { describe, expect, it } from 'vitest';
import { diffReferences } from '../../src/layout/diff.js';
import type { ReferenceFile, Site } from '../../src/layout/index.js';
import { reference } from './exporters/reference.js';

const [r1, u1, c1] = reference.sites as [Site, Site, Site];

function against(change: Partial<ReferenceFile>) {
  return diffReferences(reference, { ...reference, ...change });
}

describe('diff of references', () => {
  it('is empty for the same, another program version and other scores', () => {
    expect(against({})).toEqual([]);
    expect(against({ tool: { name: 'boardiff', version: '9.9.9' } })).toEqual([]);
    expect(against({ sites: [{ ...r1, score: 0.1 }, u1, c1] })).toEqual([]);
  });

  it('tells sites that came and went', () => {
    const added = { ...r1, id: 'R2', box: { x: 150, y: 70, width: 8, height: 4 } };
    expect(against({ sites: [r1, u1, added] })).toEqual([
      { kind: 'site-added', id: 'R2', message: 'site R2 (resistor, fitted) was added' },
      { kind: 'site-removed', id: 'C1', message: 'site C1 (capacitor, empty) was removed' },
    ]);
  });

  it('tells by how many pixels a site moved, and nothing below half a pixel', () => {
    const moved = (x: number, y: number) => ({ ...r1, box: { ...r1.box, x: r1.box.x + x, y: r1.box.y + y } });
    expect(against({ sites: [moved(0.4, 0), u1, c1] })).toEqual([]);
    expect(against({ sites: [moved(3, 4), u1, c1] })).toEqual([
      { kind: 'site-moved', id: 'R1', px: 5, message: 'site R1 moved by 5.0 px' },
    ]);
  });

  it('tells class, expectation, size and the rest', () => {
    const { rotation: _, ...rest } = r1;
    const changed: Site = {
      ...rest,
      label: 'inductor',
      expected: 'empty',
      box: { x: 19, y: 30, width: 10, height: 4 },
      part: '1 uH',
    };
    expect(against({ sites: [changed, u1, c1] })).toEqual([
      { kind: 'site-resized', id: 'R1', message: 'site R1 was 8.0 × 4.0 px and is 10.0 × 4.0 px' },
      { kind: 'site-relabelled', id: 'R1', message: 'site R1 was resistor and is inductor' },
      { kind: 'site-expectation', id: 'R1', message: 'site R1 was fitted and is empty' },
      { kind: 'site-changed', id: 'R1', message: 'site R1 has another rotation, part' },
    ]);
  });

  it('finds a site under a new name by its place', () => {
    expect(against({ sites: [{ ...r1, id: 'R7' }, u1, c1] })).toEqual([
      { kind: 'site-renamed', id: 'R7', message: 'site R1 is called R7' },
    ]);
  });

  it('tells regions, variants, outline, frame and golden photos', () => {
    const region = reference.regions[0]!;
    const changes = against({
      name: 'board B',
      frame: { ...reference.frame, mmPerPixel: null },
      golden: [{ file: 'golden-1.jpg', sha256: 'b'.repeat(64), originalName: 'other.jpg' }],
      outline: { ...reference.outline, polygon: reference.outline.polygon.slice(1) },
      variants: [],
      regions: [
        { ...region, rule: 'high-risk' },
        { ...region, id: 'port' },
      ],
    });
    expect(changes.map(({ kind, id }) => [kind, id])).toEqual([
      ['name', null],
      ['frame', null],
      ['golden', null],
      ['outline', null],
      ['variants', null],
      ['region-changed', 'cable'],
      ['region-added', 'port'],
    ]);
    expect(changes[2]!.message).toBe('golden photos: 1 added, 1 removed');
    expect(changes[5]!.message).toBe('region cable was ignore and is high-risk');
    expect(against({ regions: [] })).toEqual([
      { kind: 'region-removed', id: 'cable', message: 'region cable (ignore) was removed' },
    ]);
  });
});
