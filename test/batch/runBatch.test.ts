import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type BatchOptions, type Entry, latest, readJournal, runBatch } from '../../src/batch/index.js';
import { fill, freshFolder, stateOf } from './folders.js';

const script = join(import.meta.dirname, 'standIn.mjs');

/** Scans with stand-ins; `log` lists the photos that reached a worker, one a try. */
async function scan(input: string, names: string[], more: Partial<BatchOptions> & { standIn?: object } = {}) {
  const { standIn, ...options } = more;
  const output = options.output ?? join(freshFolder(), 'out');
  const log = join(freshFolder(), 'log');
  const told: Entry[] = [];
  const run = runBatch({
    output,
    paths: names.map((name) => join(input, name)),
    fingerprint: 'one',
    worker: { script, options: { log, ...standIn } },
    workers: 2,
    timeoutMs: 20_000,
    onEntry: (entry) => told.push(entry),
    ...options,
  });
  const end = await run.catch((error: Error & { hint?: string }) => error);
  const tried = existsSync(log)
    ? readFileSync(log, 'utf8')
        .trim()
        .split('\n')
        .map((l) => JSON.parse(l))
    : [];
  const entries = existsSync(output) ? latest((await readJournal(output)).entries) : [];
  return { end, output, told, tried: tried.map((path: string) => path.slice(input.length + 1)), entries };
}

it('replaces workers that crash, hang or break, tries once more, and lets no bad photo stop the rest', async () => {
  const input = freshFolder();
  const files = {
    'a.jpg': 'crash always',
    'b.jpg': 'crash once',
    'c.jpg': 'hang',
    'd.jpg': 'throw',
    'e.jpg': 'bad',
    'f.jpg': 'matches',
    'g.jpg': 'differs',
  };
  fill(input, files);
  const { entries, tried, output } = await scan(input, [...Object.keys(files), 'gone.jpg'], {
    timeoutMs: 1500,
  });
  const by = Object.fromEntries(entries.map((entry) => [entry.path.slice(input.length + 1), entry]));
  expect(Object.values(by).map(({ status }) => status)).toEqual([
    'failed',
    'matches',
    'failed',
    'failed',
    'failed',
    'matches',
    'differs',
    'failed',
  ]);
  expect(by['a.jpg']!.reason).toMatch(/twice.*status 9/);
  expect(by['c.jpg']!.reason).toMatch(/longer than 1.5 seconds/);
  expect(by['d.jpg']!.reason).toMatch(/a bug/);
  expect(by['gone.jpg']!.reason).toMatch(/no such file/);
  expect(tried.filter((name) => name === 'a.jpg')).toHaveLength(2);
  expect(tried.filter((name) => name === 'e.jpg')).toHaveLength(1);
  // What may pass is tried again the next time, what is done or hopeless is not.
  fill(input, { 'gone.jpg': 'matches gone' });
  const next = await scan(input, [...Object.keys(files), 'gone.jpg'], { output, timeoutMs: 1500 });
  expect([...new Set(next.tried)].sort()).toEqual(['a.jpg', 'c.jpg', 'd.jpg', 'gone.jpg']);
});

it('clears away what a worker left that ended while it wrote', async () => {
  const input = freshFolder();
  fill(input, { 'a.jpg': 'torn', 'b.jpg': 'matches b' });
  const { entries, output } = await scan(input, ['a.jpg', 'b.jpg'], { workers: 1 });
  expect(entries.map(({ status }) => status)).toEqual(['failed', 'matches']);
  expect(readdirSync(join(output, 'photos'))).toEqual([expect.stringMatching(/-b$/)]);
});

it('does again what changed settings or --force ask for, and results that were deleted', async () => {
  const input = freshFolder();
  const names = ['a.jpg', 'b.jpg'];
  fill(input, { 'a.jpg': 'matches a', 'b.jpg': 'differs b' });
  const first = await scan(input, names);
  const output = first.output;
  expect((await scan(input, names, { output })).tried).toEqual([]);
  expect((await scan(input, names, { output, force: true })).tried.sort()).toEqual(names);
  const other = await scan(input, names, { output, fingerprint: 'two' });
  expect(other.tried.sort()).toEqual(names);
  expect(other.entries).toHaveLength(2);
  rmSync(join(output, other.entries[1]!.folder!), { recursive: true });
  expect((await scan(input, names, { output, fingerprint: 'two' })).tried).toEqual(['b.jpg']);
});

it('inspects the same photo once, keeps equal names apart, and takes any name', async () => {
  const input = freshFolder();
  const odd = [
    `-r "it's" <b>&amp;.jpg`,
    'line\nbreak.jpg',
    'Прив\u0301ет 板.jpg',
    '%2e%2e.jpg',
    `${'x'.repeat(240)}.jpg`,
  ];
  fill(input, { 'one/x.jpg': 'matches 1', 'two/x.jpg': 'matches 2', 'two/copy.jpg': 'matches 1' });
  fill(input, Object.fromEntries(odd.map((name, k) => [name, `matches odd ${k}`])));
  const names = ['one/x.jpg', 'two/copy.jpg', 'two/x.jpg', ...odd];
  const { entries, tried } = await scan(input, names);
  expect(tried).toHaveLength(names.length - 1);
  expect(entries).toHaveLength(names.length);
  expect(new Set(entries.map(({ folder }) => folder)).size).toBe(names.length - 1);
  for (const { folder, status } of entries) {
    expect(status).toBe('matches');
    expect(folder).toMatch(/^photos\/[\p{L}\p{N}._-]+$/u);
  }
});

it('ends with a clear message when results cannot be written, and goes on later', async () => {
  const input = freshFolder();
  fill(input, { 'a.jpg': 'matches a', 'b.jpg': 'full', 'c.jpg': 'matches c' });
  const names = ['a.jpg', 'b.jpg', 'c.jpg'];
  const { end, output } = await scan(input, names, { workers: 1 });
  expect(end).toMatchObject({ name: 'UserError', message: expect.stringMatching(/ENOSPC/) });
  expect(end).toMatchObject({ hint: expect.stringMatching(/goes on where it was/) });
  writeFileSync(join(input, 'b.jpg'), 'matches b');
  const next = await scan(input, names, { output });
  expect(next.end).toMatchObject({ stopped: false });
  expect(next.tried).not.toContain('a.jpg');
  expect(next.entries).toHaveLength(3);
});

it('ends with a clear message when the disk is full for the journal, whose torn line is made good', async () => {
  const input = freshFolder();
  const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];
  fill(input, Object.fromEntries(names.map((name) => [name, `matches ${name}`])));
  let lines = 0;
  const { end, output } = await scan(input, names, {
    workers: 1,
    wrapJournal: (file) => ({
      write: (async (line: Buffer) =>
        file.write(lines++ < 2 ? line : line.subarray(0, 25))) as typeof file.write,
      datasync: () => file.datasync(),
      close: () => file.close(),
    }),
  });
  expect(end).toMatchObject({ name: 'UserError', message: expect.stringMatching(/no space left/) });
  expect(readFileSync(join(output, 'journal.jsonl'), 'utf8')).not.toMatch(/\n$/);
  const next = await scan(input, names, { output });
  expect(next.tried).toHaveLength(2);
  const whole = await scan(input, names);
  expect(await stateOf(output)).toEqual(await stateOf(whole.output));
});

it('passes over damaged lines of the journal and says how many', async () => {
  const input = freshFolder();
  fill(input, { 'a.jpg': 'matches a', 'b.jpg': 'matches b' });
  const { output } = await scan(input, ['a.jpg', 'b.jpg'], { workers: 1 });
  const journal = join(output, 'journal.jsonl');
  const [, second] = readFileSync(journal, 'utf8').split('\n');
  writeFileSync(journal, `{"version":1,"pa\u0000\n${second}\n`);
  const next = await scan(input, ['a.jpg', 'b.jpg'], { output });
  expect(next.end).toMatchObject({ unreadable: 1 });
  expect(next.tried).toEqual(['a.jpg']);
});

it.skipIf(process.getuid?.() === 0)('refuses a read-only output folder in one line', async () => {
  const output = freshFolder();
  chmodSync(output, 0o555);
  const { end } = await scan(freshFolder(), [], { output });
  expect(end).toMatchObject({ name: 'UserError', message: expect.stringMatching(/EACCES/) });
});

it('refuses an output path that cannot be a folder in one line', async () => {
  const folder = freshFolder();
  fill(folder, { file: '' });
  const { end } = await scan(folder, [], { output: join(folder, 'file', 'out') });
  expect(end).toMatchObject({ name: 'UserError', message: expect.stringMatching(/can be written.*ENOTDIR/) });
});

it('refuses a second scan on the same folder, but no dead one', async () => {
  const input = freshFolder();
  fill(input, Object.fromEntries(Array.from({ length: 40 }, (_, k) => [`${k}.jpg`, `matches ${k}`])));
  const output = join(freshFolder(), 'out');
  const child = spawn(process.execPath, ['test/batch/driver.mjs', input, output, '1', '200']);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const second = await scan(input, ['0.jpg'], { output });
  expect(second.end).toMatchObject({ message: expect.stringContaining(`in use by process ${child.pid}`) });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  expect(existsSync(join(output, 'scan.lock'))).toBe(true);
  expect((await scan(input, ['0.jpg'], { output })).end).toMatchObject({ stopped: false });
  expect(existsSync(join(output, 'scan.lock'))).toBe(false);
  // The same number, but a later process.
  writeFileSync(
    join(output, 'scan.lock'),
    JSON.stringify({ pid: process.pid, start: 'long ago', host: hostname() }),
  );
  expect((await scan(input, ['0.jpg'], { output })).end).toMatchObject({ stopped: false });
});

it('finishes what is running when it is stopped, and at once when asked twice', async () => {
  const input = freshFolder();
  const names = Array.from({ length: 20 }, (_, k) => `${k}.jpg`);
  fill(input, Object.fromEntries(names.map((name) => [name, `matches ${name}`])));
  const stop = new AbortController();
  const first = await scan(input, names, {
    stop: stop.signal,
    standIn: { ms: 50 },
    onEntry: () => stop.abort(),
  });
  expect(first.end).toMatchObject({ stopped: true });
  expect(first.entries.length).toBeGreaterThan(0);
  expect(first.entries.length).toBeLessThan(5);
  expect(first.entries).toHaveLength(first.tried.length);

  fill(input, { 'hang.jpg': 'hang' });
  const now = new AbortController();
  const begun = performance.now();
  setTimeout(() => now.abort(), 600);
  const second = await scan(input, ['hang.jpg'], { now: now.signal, output: first.output });
  expect(performance.now() - begun).toBeLessThan(5000);
  expect(second.entries).toHaveLength(first.entries.length);
  const rest = await scan(input, names, { output: first.output });
  expect(rest.entries).toHaveLength(names.length);
});

it('says why when no worker can be used, also while a list has no end', async () => {
  const input = freshFolder();
  fill(input, { 'a.jpg': 'matches' });
  const unusable = await scan(input, ['a.jpg'], { standIn: { unusable: true } });
  expect(unusable.end).toMatchObject({ name: 'UserError', message: 'no such reference' });
  const endless = (async function* () {
    yield join(input, 'a.jpg');
    await new Promise(() => {});
  })();
  const waiting = await scan(input, [], { paths: endless, standIn: { unusable: true } });
  expect(waiting.end).toMatchObject({ message: 'no such reference' });
});

it('tries a photo again that vanished while it waited', async () => {
  const input = freshFolder();
  fill(input, { 'a.jpg': 'matches a', 'b.jpg': 'matches b', 'c.jpg': 'matches c' });
  const names = ['a.jpg', 'b.jpg', 'c.jpg'];
  const { entries, output } = await scan(input, names, {
    workers: 1,
    standIn: { ms: 100 },
    onEntry: ({ path }) => path.endsWith('a.jpg') && unlinkSync(join(input, 'c.jpg')),
  });
  expect(entries.map(({ status }) => status)).toEqual(['matches', 'matches', 'failed']);
  symlinkSync(join(input, 'b.jpg'), join(input, 'b2.jpg'));
  fill(input, { 'c.jpg': 'matches c' });
  const next = await scan(input, [...names, 'b2.jpg'], { output });
  expect(next.tried).toEqual(['c.jpg']);
  expect(next.entries.map(({ status }) => status)).toEqual(Array(4).fill('matches'));
});
