import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Signals, full disks, missing terminals: `inspect`, `scan` and `report` where something around them is odd. */

const folder = mkdtempSync(join(tmpdir(), 'boardiff-odd-'));
const golden = join(folder, 'golden.jpg');
const photo = join(folder, 'photo.jpg');
const results = join(folder, 'results');
const main = resolve('dist/cli/main.js');
const inspect = ['inspect', photo, '-r', golden];
const scan = ['scan', photo, '-r', golden, '-w', '1', '-o'];
const report = ['report', results, '--list-only'];
const mounts: string[] = [];

function boardiff(args: string[], options: Parameters<typeof spawnSync>[2] = {}) {
  const result = spawnSync(process.execPath, [main, ...args], { ...options, encoding: 'utf8' });
  return result as ReturnType<typeof spawnSync> & { stdout: string; stderr: string };
}

/** The command in a shell; `$B` stands for boardiff. */
function shell(command: string) {
  const B = `${process.execPath} ${main}`;
  return spawnSync('bash', ['-c', command.replaceAll('$B', B)], { encoding: 'utf8' });
}

/** Mounts something at a new folder; null where that is not allowed. */
function mount(name: string, ...args: string[]): string | null {
  const at = join(folder, name);
  mkdirSync(at);
  if (spawnSync('mount', [...args, at]).status !== 0) return null;
  mounts.push(at);
  return at;
}

await sharp('samples/golden/golden-1.jpg').resize(500).toFile(golden);
await sharp('samples/incoming/implant.jpg').resize(500).toFile(photo);
let plain: ReturnType<typeof boardiff>;
beforeAll(() => {
  plain = boardiff(inspect);
  expect(boardiff([...scan, results]).status).toBe(plain.status);
});
afterAll(() => {
  for (const at of mounts) spawnSync('umount', [at]);
});

describe('readers that go away', () => {
  it('is quiet when help is cut off', () => {
    expect(shell('set -o pipefail; $B inspect --help | head -1')).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    ['inspect', `$B ${inspect.join(' ')} --json`],
    ['report', `$B ${report.join(' ')} --json`],
  ])('%s still gives its verdict as exit status', (_, command) => {
    const { stdout, stderr } = shell(`(${command}; echo "status $?" >&2) | head -c 10`);
    expect(stdout).toHaveLength(10);
    expect(stderr).toBe(`status ${plain.status}\n`);
  });

  it('ends when nobody reads at all', () => {
    const { stderr } = shell(`($B ${inspect.join(' ')} --json; echo "status $?" >&2) | true`);
    expect(stderr).toBe(`status ${plain.status}\n`);
  });

  it('works with stdin, stdout or stderr closed', () => {
    const command = `$B ${inspect.join(' ')}`;
    expect(shell(`${command} <&-`)).toMatchObject({ status: plain.status, stdout: plain.stdout });
    expect(shell(`${command} >&-`).status).toBe(plain.status);
    expect(shell(`$B inspect ${folder}/absent.jpg -r ${golden} 2>&-`).status).toBe(2);
    expect(shell(`$B scan - -r ${golden} -o ${folder}/none <&-`)).toMatchObject({ status: 2 });
  });
});

describe('disks', () => {
  it.each([
    ['--help', '$B --help'],
    ['inspect', `$B ${inspect.join(' ')} --json`],
    ['report', `$B ${report.join(' ')} --json`],
  ])('%s fails in one line when its output cannot be written', (_, command) => {
    const { status, stderr } = shell(`${command} > /dev/full`);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^boardiff: standard output: expected to write results, but that failed: .*ENOSPC.*\n$/,
    );
  });

  it('fails with status 2 also when the message cannot be written', () => {
    expect(shell(`$B inspect ${folder}/absent.jpg -r ${golden} 2> /dev/full`).status).toBe(2);
  });

  it('says that a disk is full and leaves no halves behind', (context) => {
    const full = mount('full', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs');
    if (!full) return context.skip('mounting is not allowed here');
    for (const args of [
      [...inspect, '-o', join(full, 'one')],
      [...scan, join(full, 'many')],
    ]) {
      const { status, stderr } = boardiff(args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/boardiff: .*expected to write it, but that failed: ENOSPC/);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    const left = readdirSync(full, { recursive: true, encoding: 'utf8' });
    expect(left.filter((path) => /\.part$|\.draft|inspection\.json/.test(path))).toEqual([]);
  });

  it('says that a folder is read-only', (context) => {
    const source = join(folder, 'source');
    cpSync(results, source, { recursive: true });
    const fixed = mount('fixed', '--bind', source);
    if (!fixed || spawnSync('mount', ['-o', 'remount,ro,bind', fixed]).status !== 0)
      return context.skip('mounting is not allowed here');
    // Node calls a folder that it cannot make in one ENOENT.
    for (const args of [
      [...inspect, '-o', join(fixed, 'one')],
      [...scan, fixed],
      ['report', fixed, '--list-only'],
    ]) {
      const { status, stderr } = boardiff(args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/boardiff: .*expected .*(EROFS|ENOENT)/);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });
});

describe('names', () => {
  it.each([
    ['4,000 characters', 'abcdefghi/'.repeat(400)],
    ['5,000 characters', 'abcdefghi/'.repeat(500)],
    ['a name of 300 characters', 'x'.repeat(300)],
  ])('refuses a path of %s in one line', (_, path) => {
    for (const args of [
      ['inspect', `${path}p.jpg`, '-r', golden],
      ['inspect', photo, '-r', `${path}p.jpg`],
      ['scan', `${path}p.jpg`, '-r', golden, '-o', join(folder, 'o')],
      ['report', path],
    ]) {
      const { status, stderr } = boardiff(args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^boardiff: .*expected .*\n( {2}.*\n)?$/);
    }
  });

  it('reads a photo at a path of 4,000 characters, and writes to one', () => {
    const deep = `${folder}/${'d'.repeat(240)}`;
    mkdirSync(deep);
    let path = deep;
    while (path.length < 3700) path = join(path, 'e'.repeat(Math.min(240, 3700 - path.length)));
    mkdirSync(path, { recursive: true });
    cpSync(photo, join(path, 'photo.jpg'));
    const output = join(path, 'results');
    expect(boardiff(['inspect', join(path, 'photo.jpg'), '-r', golden, '-o', output]).status).toBe(
      plain.status,
    );
    expect(existsSync(join(output, 'inspection.json'))).toBe(true);
  });

  it('shows escapes in names on a terminal and does not send them', () => {
    const bad = join(folder, 'x\x1b]0;owned\x07\x9b31m.jpg');
    symlinkSync(photo, bad);
    const command = [process.execPath, main, 'inspect', bad, '-r', golden];
    const quoted = command.map((word) => `'${word}'`).join(' ');
    const { stdout } = spawnSync('script', ['-qec', quoted, '/dev/null'], {
      encoding: 'utf8',
      env: { ...process.env, CI: '', NO_COLOR: '', TERM: 'xterm' },
    });
    expect(stdout).toContain('DIFFERS');
    expect(stdout).toContain('\x1b[31m'); // a terminal, so in colour
    expect(stdout).toContain('x␛]0;owned␇<U+009B>31m.jpg');
    expect(stdout).not.toContain('\x1b]0;');
    expect(stdout).not.toContain('\x9b');
  });

  it('shows escapes in a reference and in a model as well', () => {
    const reference = join(folder, 'reference');
    mkdirSync(reference);
    const name = '\x1b[2Jowned';
    const description = {
      schemaVersion: 2,
      name,
      tool: { name: 'boardiff', version: '0' },
      source: { kind: 'photos', file: null, side: null, lacks: [] },
      frame: { width: 100, height: 100, mmPerPixel: null },
      golden: [],
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
      sites: [
        { id: name, label: name, expected: 'fitted', box: { x: 1, y: 1, width: 2, height: 2 }, score: null },
      ],
    };
    writeFileSync(join(reference, 'reference.json'), JSON.stringify(description));
    const model = JSON.parse(readFileSync('test/fixtures/models/yolox.json', 'utf8'));
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...model, name, classes: [name, 'b'] }));
    cpSync('test/fixtures/models/yolox.onnx', join(folder, 'yolox.onnx'));
    for (const args of [
      ['reference', 'show', reference],
      ['model', 'check', join(folder, 'model.json')],
      ['detect', photo, '-m', join(folder, 'model.json')],
    ]) {
      const { stdout, stderr } = boardiff(args);
      expect(stdout + stderr).toContain('␛[2Jowned');
      expect(stdout + stderr).not.toContain('\x1b');
    }
  });
});

describe('terminals and languages', () => {
  it.each([
    ['no language', { LANG: 'C', LC_ALL: 'C' }],
    ['a dumb terminal', { TERM: 'dumb' }],
    ['no environment at all', null],
  ])('says the same with %s', (_, env) => {
    const result = boardiff(inspect, { env: env ? { ...process.env, ...env } : {} });
    expect(result).toMatchObject({ status: plain.status, stdout: plain.stdout, stderr: plain.stderr });
  });
});

describe('signals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends an inspection and leaves no halves',
    async (signal) => {
      const output = join(folder, `signal-${signal}`);
      const child = spawn(process.execPath, [main, ...inspect, '-o', output], { stdio: 'ignore' });
      const ended = new Promise((done) => child.on('exit', (status, by) => done(by ?? status)));
      await sleep(500);
      child.kill(signal);
      expect(await ended).toBe(signal);
      expect(existsSync(join(output, 'inspection.json'))).toBe(false);
    },
  );

  it('passes a signal on to the process that does the work under a time limit', async () => {
    const model = resolve('test/fixtures/models/endless.onnx');
    const args = [main, ...inspect, '-m', model, '--timeout', '600'];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    const ended = new Promise((done) => child.on('exit', (status, by) => done(by ?? status)));
    let inner = '';
    for (let k = 0; k < 300 && inner === ''; k++) {
      await sleep(100);
      inner = spawnSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }).stdout.trim();
    }
    expect(inner).toMatch(/^\d+$/);
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    expect(existsSync(`/proc/${inner}`)).toBe(false);
  });
});
