import { describe, expect, it } from 'vitest';
import { coco, looksLikeCoco } from '../../../src/layout/importers/coco.js';
import { fileOf } from '../exporters/reference.js';

const DATA = {
  images: [{ id: 7, file_name: 'photos/board.jpg', width: 640, height: 480 }],
  categories: [
    { id: 3, name: 'Resistor', supercategory: 'part' },
    { id: 5, name: 'IC' },
  ],
  annotations: [
    { id: 1, image_id: 7, category_id: 3, bbox: [10, 20, 8, 4], area: 32, iscrowd: 0, segmentation: [] },
    { id: 2, image_id: 7, category_id: 5, bbox: [100, 50.5, 30, 20], area: 600, iscrowd: 0 },
    { id: 3, image_id: 7, category_id: 3, bbox: [40, 20, 8, 4], area: 32, iscrowd: 0 },
    { id: 4, image_id: 7, category_id: 3, bbox: [0, 0, 640, 480], area: 1, iscrowd: 1 },
  ],
};
const layoutOf = (data: unknown) => coco(fileOf('board.json', JSON.stringify(data)));
const withFirst = (change: object) => ({
  ...DATA,
  annotations: [{ ...DATA.annotations[0], ...change }, ...DATA.annotations.slice(1)],
});

describe('COCO', () => {
  it('tells its own files', () => {
    expect(looksLikeCoco(fileOf('a.json', JSON.stringify(DATA)))).toBe(true);
    expect(looksLikeCoco(fileOf('a.json', '{"sites": []}'))).toBe(false);
    expect(looksLikeCoco(fileOf('a.json', '[{"annotations": []}]'))).toBe(false);
  });

  it('reads boxes in pixels, classes in lower case, and names parts by class and number', () => {
    const { unit, name, sites, remarks } = layoutOf(DATA);
    expect([unit, name]).toEqual(['px', 'board.jpg']);
    expect(sites.map(({ id, label, at }) => [id, label, at])).toEqual([
      ['resistor-1', 'resistor', [14, 22]],
      ['ic-1', 'ic', [115, 60.5]],
      ['resistor-2', 'resistor', [44, 22]],
    ]);
    expect(sites[0]).toMatchObject({ side: null, rotation: null, expected: 'fitted', part: null });
    expect(sites[0]!.body).toEqual([
      [10, 20],
      [18, 20],
      [18, 24],
      [10, 24],
    ]);
    expect(remarks[0]).toContain('1 annotations of crowds were left out');
  });

  it.each([
    ['text that is no JSON', '{"annotations": [', 'board.json: expected JSON'],
    ['JSON that is no COCO', '{"a": 1}', 'board.json: at images'],
    ['a list', '[]', 'board.json: at the top'],
    [
      'a hundred thousand lists within each other',
      '['.repeat(100_000) + ']'.repeat(100_000),
      'board.json: at the top',
    ],
    ['a prototype as class', JSON.stringify(withFirst({ category_id: '__proto__' })), 'got __proto__'],
  ])('refuses %s', (_, text, message) => {
    expect(() => coco(fileOf('board.json', text))).toThrow(message);
  });

  it.each([
    ['a box of three numbers', { bbox: [1, 2, 3] }, 'at annotations.0.bbox'],
    ['a box without size', { bbox: [1, 2, 0, 4] }, 'at annotations.0.bbox.2'],
    ['a box of words', { bbox: [1, 2, '3', 4] }, 'at annotations.0.bbox.2'],
    ['an absurd place', { bbox: [1e99, 2, 3, 4] }, 'at annotations.0.bbox.0'],
    [
      'a class that is not there',
      { category_id: 9 },
      'at annotations.0: expected a category of the file, got 9',
    ],
    ['a second picture', { image_id: 8 }, 'expected annotations of one picture, got 2 pictures'],
    ['a name of a thousand letters', { site: 'R'.repeat(1000) }, 'expected a name of at most 200 characters'],
  ])('refuses %s', (_, change, message) => {
    expect(() => layoutOf(withFirst(change))).toThrow(message);
  });

  it('refuses more annotations than a reference takes', () => {
    const annotations = Array.from({ length: 20_001 }, () => DATA.annotations[0]);
    expect(() => layoutOf({ ...DATA, annotations })).toThrow('at annotations');
  });
});
