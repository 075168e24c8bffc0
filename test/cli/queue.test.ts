import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { latest, readJournal } from '../../src/batch/index.js';
import { hasRedis, RedisServer } from '../batch/queue/redisServer.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-queue-'));
const ended = (child: ChildProcess) => new Promise((resolve) => child.on('exit', resolve));

let server: RedisServer | undefined;
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server?.stop();
});

function boardiff(...args: string[]) {
  const child = spawn(process.execPath, ['dist/cli/main.js', ...args]);
  children.push(child);
  return child;
}

describe.runIf(hasRedis())('scan --queue and worker', () => {
  it('inspect in another process of any machine as in this one', async () => {
    server = await RedisServer.start();
    const worker = boardiff('worker', '--queue', server.url, '-w', '1');
    const end = ended(worker);
    let said = '';
    worker.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const input = join(folder, 'in');
    mkdirSync(input);
    const golden = join(folder, 'golden.png');
    // Small ones: what is inspected is tested elsewhere.
    await sharp('samples/golden/golden-1.jpg').resize(900).toFile(golden);
    await sharp('samples/incoming/implant.jpg').resize(900).toFile(join(input, 'implant.png'));
    const run = async (output: string, ...more: string[]) => {
      const child = boardiff('scan', input, '-r', golden, '-o', output, '-q', '--json', ...more);
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      const status = await ended(child);
      const list = JSON.parse(stdout, (name, value) => (name === 'at' ? null : value));
      return { status, list };
    };
    const [there, here] = [join(folder, 'there'), join(folder, 'here')];
    const remote = await run(there, '--queue', server.url);
    expect(remote).toEqual(await run(here, '--workers', '1'));
    expect(remote.status).toBe(1);
    expect(said).toMatch(/differs .*implant\.png \(\d+\.\d s\)/);
    const [first, second] = await Promise.all(
      [there, here].map(async (output) => {
        const [entry] = latest((await readJournal(output)).entries);
        const text = readFileSync(join(output, entry!.folder!, 'inspection.json'), 'utf8');
        return { ...JSON.parse(text), timings: null };
      }),
    );
    expect(first).toEqual(second);
    worker.kill('SIGINT');
    expect(await end).toBe(0);
  });
});

it('loads what talks to Redis for those who use a queue alone', () => {
  const script = `await import('./dist/cli/main.js');
    await import('./dist/batch/index.js'); await import('./dist/scanPhoto.js'); await import('./dist/choose/index.js');
    const { Module } = await import('node:module');
    console.log(Object.keys(Module._cache).filter((path) => /node_modules.(ioredis|bullmq)/.test(path)).length);
    await import('./dist/batch/queue/index.js');
    console.log(Object.keys(Module._cache).filter((path) => /node_modules.(ioredis|bullmq)/.test(path)).length > 0);
    process.exit(0);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout.trim().split('\n').slice(-2)).toEqual(['0', 'true']);
});
