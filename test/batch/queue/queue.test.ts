import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { afterEach, describe, expect, it } from 'vitest';
import { type BatchOptions, listPhotos, readJournal, runBatch } from '../../../src/batch/index.js';
import { sendJobs } from '../../../src/batch/queue/index.js';
import { fill, freshFolder, stateOf } from '../folders.js';
import { hasRedis, RedisServer } from './redisServer.js';

const script = join(import.meta.dirname, '..', 'standIn.mjs');

let server: RedisServer | undefined;
const machines: ChildProcess[] = [];

afterEach(async () => {
  for (const machine of machines.splice(0)) machine.kill('SIGKILL');
  await server?.stop();
  server = undefined;
});

/** Starts what stands in for a machine with workers. */
function machine(url: string, fingerprint = 'one'): ChildProcess & { done: string[]; said: () => string } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'takeDriver.mjs'), url, fingerprint]);
  machines.push(child);
  const done: string[] = [];
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => done.push(...text.trim().split('\n')));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return Object.assign(child, { done, said: () => said });
}

async function scan(input: string, output: string, more: Partial<BatchOptions> = {}) {
  const { paths } = await listPhotos([input], output);
  return runBatch({
    output,
    paths,
    fingerprint: 'one',
    worker: { script, options: { ms: 60 } },
    workers: 2,
    timeoutMs: 20_000,
    ...more,
  });
}

/** Photos, and what an undisturbed scan without a queue says of them. */
async function expectation(count: number) {
  const input = freshFolder();
  const files: Record<string, string> = {};
  for (let k = 0; k < count; k++) {
    const kind = k % 9 === 0 ? 'differs' : k % 13 === 0 ? 'bad' : 'matches';
    files[`${k % 3}/photo ${k}.jpg`] = `${kind} ${k % 10 === 7 ? 'same' : k}`;
  }
  fill(input, files);
  const plain = join(freshFolder(), 'plain');
  await scan(input, plain);
  return { input, expected: await stateOf(plain) };
}

const until = async (what: () => boolean) => {
  while (!what()) await sleep(20);
};

describe.runIf(hasRedis())('photos on a queue', () => {
  it('gives the same results as without one, from two machines, and leaves the queue empty', async () => {
    server = await RedisServer.start();
    const { input, expected } = await expectation(40);
    const [a, b] = [machine(server.url), machine(server.url)];
    const output = join(freshFolder(), 'out');
    const end = await scan(input, output, { runJobs: sendJobs(server.url, 'one', () => {}) });
    expect(end).toEqual({ unreadable: 0, stopped: false });
    expect(await stateOf(output)).toEqual(expected);
    expect(a.done.length).toBeGreaterThan(0);
    expect(b.done.length).toBeGreaterThan(0);
    const queue = new Queue('photos', { connection: { port: server.port }, prefix: 'boardiff' });
    expect(Object.values(await queue.getJobCounts()).reduce((sum, count) => sum + count, 0)).toBe(0);
    await queue.close();
  });

  it('loses nothing to machines that die, and to a server that restarts with nothing in it', async () => {
    server = await RedisServer.start();
    const { input, expected } = await expectation(60);
    const dying = machine(server.url);
    const output = join(freshFolder(), 'out');
    const scanning = scan(input, output, { runJobs: sendJobs(server.url, 'one', () => {}) });
    await until(() => dying.done.length >= 6);
    dying.kill('SIGKILL'); // with two photos in its hands
    const second = machine(server.url);
    await until(() => second.done.length >= 6);
    await server.restart(300);
    await scanning;
    expect(await stateOf(output)).toEqual(expected);
  });

  it('goes on where it was when the scan itself is ended, with one line in the journal for each photo', async () => {
    server = await RedisServer.start();
    const { input, expected } = await expectation(40);
    machine(server.url);
    const output = join(freshFolder(), 'out');
    const now = new AbortController();
    let told = 0;
    await scan(input, output, {
      runJobs: sendJobs(server.url, 'one', () => {}),
      now: now.signal,
      onEntry: () => ++told === 8 && now.abort(),
    });
    expect(told).toBeLessThan(40);
    // Machines may still be at work on what was put on the queue.
    await scan(input, output, { runJobs: sendJobs(server.url, 'one', () => {}) });
    expect(await stateOf(output)).toEqual(expected);
    const files = (await readJournal(output)).entries.map(({ file }) => file);
    expect(new Set(files).size).toBe(files.length);
  });

  it('a photo that is delivered twice at once ends as one whole result', async () => {
    server = await RedisServer.start();
    const { input, expected } = await expectation(30);
    const { writeResult } = await import('../../../src/batch/index.js');
    const folder = join(freshFolder(), 'photos', 'one');
    const files = new Map([
      ['a.txt', 'a'],
      ['sub/b.txt', 'b'],
    ]);
    await Promise.all(Array.from({ length: 12 }, () => writeResult(folder, files)));
    expect(readFileSync(join(folder, 'sub/b.txt'), 'utf8')).toBe('b');
    machine(server.url);
    const outputs = [join(freshFolder(), 'out'), join(freshFolder(), 'out')];
    const { url } = server;
    await Promise.all(
      outputs.map((output) => scan(input, output, { runJobs: sendJobs(url, 'one', () => {}) })),
    );
    for (const output of outputs) expect(await stateOf(output)).toEqual(expected);
  });

  it('stops when told to, and takes back what nobody has begun', async () => {
    server = await RedisServer.start();
    const { input } = await expectation(40);
    machine(server.url);
    const output = join(freshFolder(), 'out');
    const stop = new AbortController();
    let told = 0;
    const end = await scan(input, output, {
      runJobs: sendJobs(server.url, 'one', () => {}),
      stop: stop.signal,
      onEntry: () => ++told === 4 && stop.abort(),
    });
    expect(end.stopped).toBe(true);
    expect(told).toBeLessThan(40);
    const queue = new Queue('photos', { connection: { port: server.port }, prefix: 'boardiff' });
    expect(await queue.getWaitingCount()).toBe(0);
    await queue.close();
  });

  it('a machine with another program takes no photo and says why; the scan says that nobody takes any', async () => {
    server = await RedisServer.start();
    const { input, expected } = await expectation(5);
    const wrong = machine(server.url, 'two');
    const output = join(freshFolder(), 'out');
    let said = '';
    const scanning = scan(input, output, {
      runJobs: sendJobs(server.url, 'one', (message) => {
        said += message;
      }),
    });
    await until(() => wrong.exitCode !== null);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.said()).toMatch(/expected the program and the models that the scan has, got others/);
    await until(() => said !== '');
    expect(said).toMatch(/No worker takes photos from the queue at 127\.0\.0\.1/);
    machine(server.url);
    await scanning;
    expect(await stateOf(output)).toEqual(expected);
  });
});

it('says in one line that there is no server', async () => {
  const output = join(freshFolder(), 'out');
  const input = freshFolder();
  fill(input, { 'a.jpg': 'matches' });
  const run = (url: string) => scan(input, output, { runJobs: sendJobs(url, 'one', () => {}) });
  await expect(run('redis://127.0.0.1:1')).rejects.toThrow(
    /expected a Redis server at 127\.0\.0\.1:1, got none/,
  );
  await expect(run('http://127.0.0.1')).rejects.toThrow(/expected an address like redis:/);
  expect(existsSync(join(output, 'scan.lock'))).toBe(false);
});
