import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { plainPng } from '../plainPng.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-bounds-'));
const golden = join(folder, 'golden.jpg');
const photo = join(folder, 'photo.jpg');
await sharp('samples/golden/golden-1.jpg').resize(600).toFile(golden);
await sharp('samples/incoming/implant.jpg').resize(600).toFile(photo);

/** Runs the command and gives, beside what it says, the most memory it took, in MiB. */
function boardiff(...args: string[]) {
  const wrapped = `process.on('exit', () => require('fs').writeSync(2, 'PEAK ' + process.resourceUsage().maxRSS + '\\n'));`;
  const preload = join(folder, 'peak.cjs');
  writeFileSync(preload, wrapped);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', preload, 'dist/cli/main.js', ...args],
    { encoding: 'utf8', timeout: 120_000 },
  );
  const peak = Number(/PEAK (\d+)/.exec(stderr)?.[1]) / 1024;
  return { status, stdout, stderr: stderr.replace(/^PEAK .*\n/gm, ''), peak };
}

/** One line that says what was expected and got, perhaps a hint, and no stack. */
const CLEAR = /^boardiff: .*expected .*\n( {2}.*\n)?$/;

it.each([
  ['a decompression bomb', 60_000, 60_000, /at most 250\.0 megapixels, got 60000×60000/],
  ['one pixel', 1, 1, /at least 64 pixels a side, got 1×1/],
  ['a line', 1, 100_000, /at least 64 pixels a side, got 1×100000/],
  ['a ribbon', 64, 100_000, /at most 20 times as long as wide, got 64×100000/],
])('refuses %s, as a photo and as a golden photo', (_, width, height, message) => {
  const path = join(folder, `${width}x${height}.png`);
  writeFileSync(path, plainPng(width, height));
  expect(statSync(path).size).toBeLessThan(500_000);
  for (const args of [
    ['inspect', path, '-r', golden],
    ['inspect', photo, '-r', path],
  ]) {
    const { status, stdout, stderr, peak } = boardiff(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(CLEAR);
    expect(stderr).toMatch(message);
    expect(peak).toBeLessThan(400);
  }
});

it('takes no larger limit for photos than there is memory for', () => {
  const { status, stderr } = boardiff('inspect', photo, '-r', golden, '--max-pixels', '1e12');
  expect(status).toBe(2);
  expect(stderr).toMatch(/a largest photo of 1 to 250000000 pixels, got 1000000000000/);
});

it('refuses a reference with a million sites', () => {
  const reference = join(folder, 'million');
  mkdirSync(reference);
  const site =
    '{"id":"S","label":null,"expected":"fitted","box":{"x":1,"y":1,"width":2,"height":2},"score":null}';
  const text = JSON.stringify({ ...emptyReference(), sites: '@' });
  const [head, tail] = text.split('"@"');
  const many = (count: number) => `${head}[${new Array(count).fill(site).join(',')}]${tail}`;
  writeFileSync(join(reference, 'reference.json'), many(1_000_000));
  expect(boardiff('reference', 'export', reference, '-f', 'yolo').stderr).toMatch(
    /expected at most 64 MiB, got/,
  );
  writeFileSync(join(reference, 'reference.json'), many(600_000));
  const { status, stderr, peak } = boardiff('reference', 'export', reference, '-f', 'yolo');
  expect(status).toBe(2);
  expect(stderr).toMatch(/at sites: .*20000/);
  expect(peak).toBeLessThan(1000);
});

it('refuses a layout with a million parts', () => {
  const layout = join(folder, 'million.csv');
  const lines = Array.from({ length: 1_000_000 }, (_, k) => `R${k},${k % 1000}.5mm,${k / 1000}mm,Top,0,0603`);
  writeFileSync(layout, `Designator,Mid X,Mid Y,Layer,Rotation,Footprint\n${lines.join('\n')}\n`);
  const { status, stderr, peak } = boardiff('reference', 'import', layout, '-o', join(folder, 'imported'));
  expect(status).toBe(2);
  expect(stderr).toMatch(CLEAR);
  expect(stderr).toMatch(/line 20002: expected at most 20000 parts, got more/);
  expect(peak).toBeLessThan(1000);
});

it('keeps the best of 100,000 boxes a tile', () => {
  const { status, stdout, peak } = boardiff(
    'detect',
    photo,
    '-m',
    'test/fixtures/models/flood.onnx',
    '-f',
    'yolo',
  );
  expect(status).toBe(0);
  // Of each tile the best thousand, less what lies on top of each other.
  expect(stdout.trim().split('\n').length).toBeGreaterThan(1000);
  expect(stdout.trim().split('\n').length).toBeLessThanOrEqual(20_000);
  expect(peak).toBeLessThan(1000);
});

it('compares with such a detector too, in bounded memory', () => {
  const flood = ['-m', 'test/fixtures/models/flood.onnx'];
  const { status, stdout, peak } = boardiff('inspect', photo, '-r', golden, '--json', ...flood);
  expect([0, 1, 3]).toContain(status);
  expect(JSON.parse(stdout).findings.length).toBeLessThanOrEqual(1000);
  expect(peak).toBeLessThan(2000);
});

it('ends a model that never ends', () => {
  const args = ['inspect', photo, '-r', golden, '-m', 'test/fixtures/models/endless.onnx', '--timeout', '2'];
  const { status, stdout, stderr } = boardiff(...args);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/expected an inspection within 2 seconds, got none\n {2}Raise --timeout/);
});

it('gives the same with a time limit that is kept', () => {
  const limited = boardiff('inspect', photo, '-r', golden, '--timeout', '600');
  const free = boardiff('inspect', photo, '-r', golden);
  expect(limited.stdout).toBe(free.stdout);
  expect(limited.status).toBe(free.status);
});

it('knows no time that timers cannot keep', () => {
  const { status, stderr } = boardiff('inspect', photo, '-r', golden, '--timeout', '3000000');
  expect(status).toBe(2);
  expect(stderr).toMatch(/expected at most 86400 seconds/);
});

it('hashes and reads nothing that never ends', () => {
  const output = join(folder, 'pipe-results');
  const pipe = join(folder, 'pipe.jpg');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  const { status, stderr } = boardiff('scan', pipe, '/dev/zero', '-r', golden, '-o', output, '-w', '1');
  expect(status).toBe(2);
  expect(stderr).toMatch(/2\/2 failed/);
  expect(readFileSync(join(output, 'journal.jsonl'), 'utf8')).toMatch(/it is a pipe or device/);
  const model = join(folder, 'pipe.json');
  expect(spawnSync('mkfifo', [model]).status).toBe(0);
  expect(boardiff('model', 'check', model).stdout).toMatch(/got a pipe or device/);
});

it('follows no link out of a reference folder', () => {
  for (const name of ['golden-1.jpg', 'parts.json', 'features.bin', 'reference.json']) {
    const reference = join(folder, `linked-${name}`);
    mkdirSync(reference);
    const description = emptyReference();
    if (name === 'golden-1.jpg')
      description.golden.push({ file: name, sha256: '0'.repeat(64), originalName: 'x' });
    const text = JSON.stringify(description);
    if (name === 'reference.json') writeFileSync(join(folder, 'elsewhere.json'), text);
    else writeFileSync(join(reference, 'reference.json'), text);
    if (name !== 'reference.json') copyFileSync(golden, join(folder, 'elsewhere.json'));
    symlinkSync('../elsewhere.json', join(reference, name));
    const { status, stderr } = boardiff('reference', 'show', reference);
    expect(status).toBe(2);
    expect(stderr).toMatch(CLEAR);
    expect(stderr).toMatch(/a link that leads out of it/);
  }
});

it('takes no golden photo by a path', () => {
  const reference = join(folder, 'dots');
  mkdirSync(reference);
  const description = emptyReference();
  description.golden.push({ file: '../../etc/passwd', sha256: '0'.repeat(64), originalName: 'x' });
  writeFileSync(join(reference, 'reference.json'), JSON.stringify(description));
  const { status, stderr } = boardiff('inspect', photo, '-r', reference);
  expect(status).toBe(2);
  expect(stderr).toMatch(/at golden\.0\.file: /);
});

function emptyReference() {
  return {
    schemaVersion: 2,
    name: 'test',
    tool: { name: 'boardiff', version: '0' },
    source: { kind: 'photos', file: null, side: null, lacks: [] },
    frame: { width: 100, height: 100, mmPerPixel: null },
    golden: [] as { file: string; sha256: string; originalName: string }[],
    variation: null,
    outline: {
      polygon: [
        [0, 0],
        [9, 0],
        [9, 9],
      ],
      found: true,
    },
    variants: [],
    regions: [],
    sites: [],
  };
}
