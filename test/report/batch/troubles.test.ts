import { expect, it } from 'vitest';
import { type Row, renderIndex } from '../../../src/report/batch/index.js';
import { troubles } from '../../../src/report/batch/troubles.js';
import { fakeReport } from './fakeReport.js';

const [plain] = fakeReport().photos;
const row = (path: string, more: Partial<Row>): Row => ({ ...plain!, path, findings: [], ...more });
const open = (path: string, cause: Row['cause'], reason: string, hint: string) =>
  row(path, { status: 'not-judged', cause, reason, hint });

it('groups photos that show too little by what they suffer from, whatever the share and the place', () => {
  const groups = troubles([
    open('a.jpg', 'blur', '54 % could be judged', 'Take another photo: S3 is blurred.'),
    open('b.jpg', 'glare', '80 % could be judged', 'Take another photo: S9 is washed out.'),
    open('c.jpg', 'blur', '3 of 9 sites could be judged', 'Take another photo: S7 is blurred.'),
  ]);
  expect(groups).toMatchObject([
    { reason: expect.stringMatching(/^Too little could be judged: mostly blurred$/), rows: { length: 2 } },
    { reason: expect.stringMatching(/mostly washed out$/), rows: { length: 1 } },
  ]);
  // What is true of one photo alone is not said of all.
  expect(groups[0]).toMatchObject({ hint: expect.stringMatching(/^Focus on the board, .*\.$/) });
  expect(JSON.stringify(groups.map(({ reason, hint }) => [reason, hint]))).not.toMatch(/S3|54/);
});

it('gives numbers that differ within a group from least to most', () => {
  const refused = (path: string, points: number) =>
    row(path, {
      status: 'not-judged',
      refused: true,
      reason: `only ${points} points agree, expected at least 20`,
      hint: 'Again.',
    });
  const groups = troubles([refused('a.jpg', 9), refused('b.jpg', 3), refused('c.jpg', 11)]);
  expect(groups.map(({ reason }) => reason)).toEqual(['only 3 to 11 points agree, expected at least 20']);
  expect(troubles([refused('a.jpg', 9)])[0]!.reason).toBe('only 9 points agree, expected at least 20');
});

it('writes large numbers alike everywhere', () => {
  const report = fakeReport();
  expect(renderIndex({ ...report, counts: { ...report.counts, photos: 5000 } })).toContain('5,000 photos');
});
