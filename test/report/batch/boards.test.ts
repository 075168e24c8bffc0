import { parse as parseCsv } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { BATCH_FORMATS, renderIndex, renderSummary, toBatchReport } from '../../../src/report/batch/index.js';
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
  expect(text).toMatch(/B1: differs \(1 of 2 photos not matching\)/);
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
