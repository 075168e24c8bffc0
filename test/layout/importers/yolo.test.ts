import { describe, expect, it } from 'vitest';
import { looksLikeYolo, yolo } from '../../../src/layout/importers/yolo.js';
import { fileOf } from '../exporters/reference.js';

const BOXES = '1 0.5 0.25 0.5 0.25\n0 0.125 0.5 0.25 0.5\n1 0.75 0.75 0.25 0.125 0.93\n';
const layoutOf = (text: string) => yolo(fileOf('board.txt', text));

describe('YOLO', () => {
  it('tells its own files', () => {
    expect(looksLikeYolo(fileOf('a.txt', BOXES))).toBe(true);
    expect(looksLikeYolo(fileOf('a.txt', `# classes: a\n${BOXES}`))).toBe(true);
    expect(looksLikeYolo(fileOf('a.txt', '1 200 300 40 50\n'))).toBe(false);
    expect(looksLikeYolo(fileOf('a.txt', 'R1 0.5 0.5 0.1 0.1\n'))).toBe(false);
    expect(looksLikeYolo(fileOf('a.txt', ''))).toBe(false);
  });

  it('leaves shares as they are where it knows neither size nor classes', () => {
    const { unit, sites, lacks } = layoutOf(BOXES);
    expect(unit).toBe(null);
    expect(lacks).toEqual(['outline', 'side', 'scale', 'labels', 'rotation', 'do-not-populate']);
    expect(sites.map(({ id, label, at }) => [id, label, at])).toEqual([
      ['class-1-1', null, [0.5, 0.25]],
      ['class-0-1', null, [0.125, 0.5]],
      ['class-1-2', null, [0.75, 0.75]],
    ]);
    expect(sites[0]!.body).toEqual([
      [0.25, 0.125],
      [0.75, 0.125],
      [0.75, 0.375],
      [0.25, 0.375],
    ]);
  });

  it.each(['# classes: IC, resistor', 'names: [ic, "resistor"]', '# classes: ic resistor'])(
    'takes names from %s',
    (line) => {
      const { sites, lacks } = layoutOf(`${line}\n${BOXES}`);
      expect(sites.map(({ id, label }) => [id, label])).toEqual([
        ['resistor-1', 'resistor'],
        ['ic-1', 'ic'],
        ['resistor-2', 'resistor'],
      ]);
      expect(lacks).not.toContain('labels');
    },
  );

  it('is in pixels where it knows the size', () => {
    const { unit, sites } = layoutOf(`# size: 400 200\n${BOXES}`);
    expect(unit).toBe('px');
    expect(sites[1]!.at).toEqual([50, 100]);
    expect(sites[1]!.body![2]).toEqual([100, 150]);
  });

  it.each([
    ['words', `${BOXES}resistor here`, 'board.txt: line 4: expected a class number and four shares'],
    ['a line that is cut off', `${BOXES}0 0.5 0.5`, 'line 4: expected a class number'],
    ['an outline of points', '0 0.1 0.1 0.2 0.1 0.2 0.2 0.1 0.2', 'line 1: expected a class number'],
    ['a box in pixels', '0 50 50 10 10', 'line 1: expected shares from 0 to 1'],
    ['a box without size', '0 0.5 0.5 0 0.1', 'line 1: expected shares from 0 to 1 with a size above 0'],
    ['an absurd number', '0 0.5 0.5 1e999 0.1', 'line 1: expected a share of the picture'],
    ['an absurd class', '99999999999 0.5 0.5 0.1 0.1', 'line 1: expected a class number as a number'],
    ['a class without name', `# classes: ic\n${BOXES}`, 'line 2: expected a class below 1, got 1'],
    ['a size of nothing', '# size: 0 100', 'line 1: expected a size from 1 to 100000 pixels'],
    [
      'more boxes than a reference takes',
      '0 0.5 0.5 0.1 0.1\n'.repeat(20_001),
      'line 20001: expected at most 20000 boxes',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => layoutOf(text)).toThrow(message);
  });
});
