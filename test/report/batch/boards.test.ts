import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { toBoards } from '../../../src/report/batch/boards.js';
import { BATCH_FORMATS, renderIndex, renderSummary, toBatchReport } from '../../../src/report/batch/index.js';
import type { JudgedPhoto } from '../../../src/report/batch/judgedTogether.js';
import { fakeReport, NASTY } from './fakeReport.js';

const some = fakeReport().photos;
const row = (path: string, like: string) => ({ ...some.find((one) => one.path === like)!, path });
const rows = [
  row('in/B1_front.jpg', 'in/good.jpg'),
  row('in/B1_back.jpg', 'in/bad.jpg'),
  row('in/B2_front_1.jpg', 'in/good.jpg'),
  row('in/B2_front_2.jpg', 'in/good.jpg'),
  row('in/B3_front.jpg', 'in/good.jpg'),
  row('in/B3_back.jpg', 'in/refused-1.jpg'),
  row('in/B4_front.jpg', 'in/broken.jpg'),
  row('in/B4_back.jpg', 'in/good.jpg'),
  row('in/loose.jpg', 'in/good.jpg'),
];
const group = /(?<board>B\d+)_(?<side>front|back)(?:_(?<shot>\d+))?/u;
const report = toBatchReport(rows, [], group);

it('gives each board the worst verdict of its photos, and loses no photo', () => {
  expect(report.boards!.map(({ board, verdict }) => [board, verdict])).toEqual([
    ['B1', 'differs'],
    ['B3', 'not-judged'],
    ['B4', 'not-judged'],
    ['B2', 'matches'],
    ['in/loose.jpg', 'matches'],
  ]);
  const listed = report.boards!.flatMap(({ photos }) => photos.map(({ path }) => path));
  expect(listed.sort()).toEqual(rows.map(({ path }) => path).sort());
  expect(report.boards![3]!.photos).toMatchObject([
    { side: 'front', shot: '1', status: 'matches' },
    { side: 'front', shot: '2', status: 'matches' },
  ]);
  expect(toBatchReport(rows, []).boards).toBeNull();
});

it('tells of boards on the terminal, in CSV and in JSON', () => {
  const text = renderSummary(report, { color: false, width: 100 });
  expect(text).toMatch(/^5 boards: 1 differing, 2 matching, 2 not judged\.$/m);
  expect(text).toMatch(/B1: differs \(in 1 of 2 photos\)/);
  expect(text).toMatch(/B3: not judged \(in\/B3_back\.jpg was refused\)/);
  expect(text).toMatch(/B4: not judged \(in\/B4_front\.jpg failed\)/);
  const cells: Record<string, string>[] = parseCsv(BATCH_FORMATS['csv']!(report), { columns: true });
  expect(cells.find(({ path }) => path === 'in/B1_front.jpg')).toMatchObject({
    board: 'B1',
    board_verdict: 'differs',
    status: 'matches',
  });
  expect(JSON.parse(BATCH_FORMATS['json']!(report)).boards).toEqual(report.boards);
});

it('lists boards, and lets no name break the page or a spreadsheet', () => {
  const page = renderIndex(report);
  expect(page).toContain('5 boards: 1 differing, 2 matching, 2 not judged');
  const nasty = toBatchReport(
    NASTY.map((path) => row(path, 'in/good.jpg')),
    [],
    /(?<board>.*)/su,
  );
  const nastyPage = renderIndex(nasty);
  for (const name of NASTY.filter((path) => path.includes('<'))) expect(nastyPage).not.toContain(name);
  const cells: string[][] = parseCsv(BATCH_FORMATS['csv']!(nasty), { record_delimiter: '\r\n' });
  for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
});

describe('overlapping photos of one side', () => {
  /** A photo that lets one judge these shares of four cells of board, two sites open, one of them of high risk. */
  const photo = (judged: number[], sites: string[] = [], highRisk: string[] = []): JudgedPhoto => ({
    side: 'top',
    open: { sites, ofSites: 4, highRisk, surface: { columns: 2, rows: 2, board: [1, 1, 1, 0.5], judged } },
    least: { sites: 0.95, surface: 0.9 },
  });
  const board = (...photos: JudgedPhoto[]) => {
    const rows = photos.map((_, k) => ({
      ...row(`in/B9_front_${k}.jpg`, 'in/good.jpg'),
      status: 'not-judged' as const,
    }));
    return toBoards(rows, group, new Map(rows.map(({ path }, k) => [path, photos[k]!])))[0]!;
  };

  it('make up for each other, place by place and site by site', () => {
    const left = photo([1, 0, 1, 0.1], ['R1', 'R2'], ['site R2']);
    const right = photo([0.2, 1, 0.1, 0.5], ['R3'], []);
    expect(board(left)).toMatchObject({
      verdict: 'not-judged',
      missing: [
        '60 % of the surface could be judged, 90 % are needed',
        '2 of 4 sites could be judged, 95 % are needed',
        'site R2, marked as high risk, could not be judged',
      ],
    });
    expect(board(left, right)).toMatchObject({ verdict: 'matches', missing: [] });
  });

  it('do not where a place is open in all of them, or each shows only a part of it', () => {
    expect(board(photo([1, 1, 0.5, 0.5]), photo([1, 1, 0.6, 0.5])).missing).toEqual([
      '88 % of the surface could be judged, 90 % are needed',
    ]);
    expect(board(photo([1, 1, 1, 0.5], ['R1']), photo([1, 1, 1, 0.5], ['R1', 'R2'])).missing).toEqual([
      '3 of 4 sites could be judged, 95 % are needed',
    ]);
  });

  it('do not make up for the other side, nor for a photo of which nothing is known', () => {
    const whole = photo([1, 1, 1, 0.5]);
    expect(board(whole, { ...photo([1, 0, 0, 0]), side: 'bottom' }).verdict).toBe('not-judged');
    const rows = ['good', 'refused-1'].map((like, k) => row(`in/B9_front_${k}.jpg`, `in/${like}.jpg`));
    const known = new Map([[rows[0]!.path, whole]]);
    expect(toBoards(rows, group, known)[0]!.missing).toEqual(['in/B9_front_1.jpg was refused']);
  });
});
