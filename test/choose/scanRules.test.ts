import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { BatchReport } from '../../src/report/batch/index.js';
import { drawBoard } from './drawBoard.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-rules-'));
const input = join(folder, 'in');
const rules = join(folder, 'rules.json');
const output = join(folder, 'out');

function boardiff(...args: string[]) {
  return spawnSync(process.execPath, ['dist/cli/main.js', ...args], { encoding: 'utf8' });
}

let report: BatchReport;

beforeAll(async () => {
  mkdirSync(join(folder, 'references'));
  mkdirSync(input);
  copyFileSync('samples/golden/golden-1.jpg', join(folder, 'references', 'sample-top.jpg'));
  await drawBoard(join(folder, 'references', 'drawn.jpg'), 1);
  copyFileSync('samples/incoming/implant.jpg', join(input, 'sample_0042_top.jpg'));
  // The same photo under another name is compared with another reference.
  copyFileSync('samples/incoming/implant.jpg', join(input, 'sample_0042_bottom.jpg'));
  await drawBoard(join(input, 'line 9.jpg'), 1, 3);
  copyFileSync('samples/incoming/clean.jpg', join(input, 'none.jpg'));
  writeFileSync(
    rules,
    JSON.stringify({
      schemaVersion: 1,
      rules: [
        {
          pattern: '(?<model>\\w+)_\\d{4}_(?<side>top|bottom)',
          reference: 'references/$<model>-$<side>.jpg',
        },
        { glob: 'line ?.jpg', reference: 'references/drawn.jpg' },
      ],
    }),
  );
  const group = '(?<board>\\d{4})_(?<side>top|bottom)';
  const { stdout } = boardiff(
    'scan',
    input,
    '--rules',
    rules,
    '-o',
    output,
    '--group',
    group,
    '--json',
    '-q',
  );
  report = JSON.parse(stdout);
});

it('compares each photo with the reference of the first rule that fits, and says why others have none', () => {
  const of = (name: string) => report.photos.find(({ path }) => path === join(input, name))!;
  const documentOf = (name: string) =>
    JSON.parse(readFileSync(join(output, of(name).folder!, 'inspection.json'), 'utf8'));
  expect(of('sample_0042_top.jpg').status).toBe('differs');
  expect(documentOf('sample_0042_top.jpg').reference.chosen).toEqual({
    by: 'rule',
    candidates: [{ name: 'sample-top.jpg', score: null }],
    margin: null,
  });
  expect(documentOf('line 9.jpg').reference.name).toBe('drawn.jpg');
  expect(of('none.jpg')).toMatchObject({ status: 'failed' });
  expect(of('none.jpg').reason).toMatch(/none\.jpg: expected a rule that fits it, got none in .*rules\.json/);
  expect(of('sample_0042_bottom.jpg').reason).toMatch(
    /sample-bottom\.jpg: expected a reference folder or a golden photo/,
  );
});

it('gives photos of one board one verdict, also when they are reported again', () => {
  const board = { board: '0042', verdict: 'differs', photos: [{ side: 'bottom' }, { side: 'top' }] };
  expect(report.boards).toHaveLength(3);
  expect(report.boards![0]).toMatchObject(board);
  const again = boardiff('report', output, '--list-only', '--json');
  expect(JSON.parse(again.stdout)).toEqual(report);
});

it('leaves photos without a rule to --reference, and does the others again only when their reference changes', async () => {
  const args = ['scan', input, '--rules', rules, '-r', 'samples/golden/golden-1.jpg', '-o', output, '--json'];
  const { stdout, stderr } = boardiff(...args);
  // What failed for want of a reference is tried again, what was judged is not.
  expect(stderr).toMatch(/2 of 4 were done before/);
  const none = JSON.parse(stdout).photos.find(({ path }: { path: string }) => path.endsWith('none.jpg'));
  expect(none.status).toBe('matches');
  rmSync(join(folder, 'references', 'drawn.jpg'));
  await drawBoard(join(folder, 'references', 'drawn.jpg'), 1, 1);
  expect(boardiff(...args).stderr).toMatch(/2 of 4 were done before/);
});

it('says in one line each what is wrong with rules and groups', () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(
    broken,
    '{ "schemaVersion": 1, "rules": [{ "pattern": "(", "reference": "a" }, { "glob": "b" }] }',
  );
  const { status, stderr } = boardiff('scan', input, '--rules', broken, '-o', output);
  expect(status).toBe(2);
  expect(stderr.match(/^boardiff: .*broken\.json: at rules\.\d/gm)).toHaveLength(2);
  for (const pattern of ['(', '\\d+']) {
    const wrong = boardiff('scan', input, '--rules', rules, '-o', output, '--group', pattern);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/--group.*expected a (regular expression|group named board)/);
  }
});
