import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { batchStatus } from '../../src/cli/batchStatus.js';
import { inspectionSchema } from '../../src/document/index.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-scan-'));
const input = join(folder, 'in');
const output = join(folder, 'out');
const golden = 'samples/golden/golden-1.jpg';
const args = ['scan', input, '-r', golden, '-o', output];

function boardiff(list: string[], stdin = '') {
  return spawnSync(process.execPath, ['dist/cli/main.js', ...list], { encoding: 'utf8', input: stdin });
}

let first: ReturnType<typeof boardiff>;

beforeAll(() => {
  mkdirSync(join(input, 'second'), { recursive: true });
  copyFileSync('samples/incoming/implant.jpg', join(input, '-x <b>"\n.jpg'));
  copyFileSync('samples/incoming/implant.jpg', join(input, 'second', 'copy.jpg'));
  copyFileSync('samples/incoming/blurred.jpg', join(input, 'second', 'blurred.jpg'));
  writeFileSync(join(input, 'text.jpg'), 'no photo');
  first = boardiff([...args, '--output-csv', join(folder, 'list.csv'), '--workers', '2']);
});

it('scans a folder: a list, a folder of results a photo, the worst exit status', () => {
  expect(first.status).toBe(2);
  expect(first.stdout).toMatch(/4 photos: 2 differing, 0 matching, 1 not judged, 1 failed/);
  expect(first.stderr).toMatch(/4\/4 /);
  const folders = readdirSync(join(output, 'photos'));
  expect(folders).toHaveLength(2);
  const differing = folders.find((name) => readdirSync(join(output, 'photos', name)).includes('crops'))!;
  const files = readdirSync(join(output, 'photos', differing), { recursive: true });
  expect(files).toEqual(
    expect.arrayContaining([
      'inspection.json',
      'picture.jpg',
      'report.html',
      'thumbnail.jpg',
      'crops/F1-photo.jpg',
      'crops/F1-golden.jpg',
    ]),
  );
  for (const name of folders) {
    const path = join(output, 'photos', name, 'inspection.json');
    expect(inspectionSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).verdict).not.toBe('matches');
    expect(statSync(join(output, 'photos', name, 'thumbnail.jpg')).size).toBeLessThan(40_000);
  }
  expect(readFileSync(join(folder, 'list.csv'), 'utf8')).toContain('unexpected-part');
  expect(readFileSync(join(output, 'index.html'), 'utf8')).not.toContain('<b>"');
  expect(readFileSync(join(output, 'results.jsonl'), 'utf8').trim().split('\n')).toHaveLength(4);
});

it('does nothing again, quietly, also for a list on stdin', () => {
  const results = readFileSync(join(output, 'results.jsonl'), 'utf8');
  const list = `${join(input, 'second', 'copy.jpg')}\0${join(input, '-x <b>"\n.jpg')}\0`;
  const again = boardiff(['scan', '-', '-0', '-r', golden, '-o', output, '-q', '--json'], list);
  expect(again.stderr).toBe('');
  // Of the photos in this list; the folder holds others.
  expect(again.status).toBe(1);
  expect(JSON.parse(again.stdout).counts).toMatchObject({ photos: 4, differs: 2, failed: 1 });
  expect(readFileSync(join(output, 'results.jsonl'), 'utf8')).toBe(results);
});

it('renders again from what was saved, and says which reports it had to leave', () => {
  rmSync(join(output, 'index.html'));
  rmSync(join(input, 'second', 'blurred.jpg'));
  const { status, stdout, stderr } = boardiff(['report', output, '--format', 'jsonl']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/made again from the photos: 1\. Left as they were.*: 1\./);
  expect(stdout.trim().split('\n')).toHaveLength(4);
  expect(readFileSync(join(output, 'index.html'), 'utf8')).toContain('2 differing');
  expect(boardiff(['report', folder]).stderr).toMatch(/expected a folder that a scan wrote/);
});

it('says in one line what is wrong with the command', () => {
  const wrong = [
    ['scan', join(folder, 'absent'), '-r', golden, '-o', output],
    ['scan', input, '-r', join(folder, 'absent'), '-o', output],
    ['scan', input, '-r', join(input, 'text.jpg'), '-o', join(folder, 'other')],
    ['scan', input, '-r', golden, '-o', output, '--model', golden],
    ['scan', golden, '--watch', '-r', golden, '-o', output],
  ];
  for (const list of wrong) {
    const { status, stderr } = boardiff(list);
    expect(status).toBe(2);
    expect(stderr).toMatch(/boardiff: .*expected/);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});

it('ends on Ctrl-C and says how to go on', async () => {
  // So many that the signal comes long before the last of them, however busy the machine.
  const many = join(folder, 'many');
  mkdirSync(many);
  const smallGolden = join(folder, 'golden.jpg');
  await sharp(golden).resize(700).toFile(smallGolden);
  const small = sharp('samples/incoming/clean.jpg').resize(700);
  for (let k = 0; k < 6; k++)
    await small
      .clone()
      .jpeg({ quality: 85 + k })
      .toFile(join(many, `${k}.jpg`));
  const list = ['scan', many, '-r', smallGolden, '-o', join(folder, 'stopped'), '--workers', '1'];
  const child = spawn(process.execPath, ['dist/cli/main.js', ...list]);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    if (!/^1\/6/m.test(stderr) && /^1\/6/m.test(stderr + text)) child.kill('SIGINT');
    stderr += text;
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(status).toBe(130);
  expect(stderr).toMatch(/Finishing the photos.*The same command goes on where it was/s);
  expect(stderr).not.toMatch(/6\/6/);
  const next = boardiff(list);
  expect(next.status).toBe(0);
  expect(next.stderr).toMatch(/done before/);
  expect(next.stderr).toMatch(/6\/6/);
});

it('watches a folder, keeps its list up to date, and ends on Ctrl-C like any scan', async () => {
  const arriving = join(folder, 'arriving');
  const watched = join(folder, 'watched');
  mkdirSync(arriving);
  const list = ['scan', arriving, '--watch', '-r', golden, '-o', watched, '--steady', '0.5'];
  const child = spawn(process.execPath, ['dist/cli/main.js', ...list]);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  await sleep(1500);
  copyFileSync('samples/incoming/implant.jpg', join(arriving, 'new.jpg'));
  const index = join(watched, 'index.html');
  for (let k = 0; k < 600 && !existsSync(index); k++) await sleep(100);
  expect(readFileSync(index, 'utf8')).toContain('arriving/new.jpg');
  child.kill('SIGINT');
  expect(await ended).toBe(1);
  expect(existsSync(join(watched, 'scan.lock'))).toBe(false);
});

it('gives the worst status in the order failed, differs, not judged, matches', () => {
  expect(batchStatus(['matches', 'not-judged', 'differs', 'failed'])).toBe(2);
  expect(batchStatus(['matches', 'not-judged', 'differs'])).toBe(1);
  expect(batchStatus(['matches', 'not-judged'])).toBe(3);
  expect(batchStatus(['matches'])).toBe(0);
});

it('takes overlapping close-ups of a board together: what one leaves open another shows', async () => {
  const parts = join(folder, 'parts');
  mkdirSync(parts);
  const { width, height } = await sharp('samples/incoming/clean.jpg').metadata();
  const wide = Math.round(0.62 * width);
  for (const [name, left] of [
    ['B1_top_1', 0],
    ['B1_top_2', width - wide],
    ['B2_top_1', 0],
  ] as const) {
    await sharp('samples/incoming/clean.jpg')
      .extract({ left, top: 0, width: wide, height })
      .jpeg({ quality: name.startsWith('B2') ? 94 : 95 })
      .toFile(join(parts, `${name}.jpg`));
  }
  const group = '(?<board>B\\d+)_(?<side>top)_(?<shot>\\d+)';
  const list = ['scan', parts, '-r', golden, '-o', join(folder, 'grouped'), '--group', group, '-q', '--json'];
  const { status, stdout } = boardiff(list);
  const { boards, counts } = JSON.parse(stdout);
  expect(counts).toMatchObject({ photos: 3, 'not-judged': 3 });
  expect(boards).toMatchObject([
    {
      board: 'B2',
      verdict: 'not-judged',
      missing: [
        expect.stringMatching(/of the surface could be judged/),
        expect.stringMatching(/of \d+ sites could be judged/),
      ],
    },
    { board: 'B1', verdict: 'matches', missing: [] },
  ]);
  expect(status).toBe(3);
});
