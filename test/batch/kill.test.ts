import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startOfProcess } from '../../src/batch/startOfProcess.js';
import { fill, freshFolder, stateOf } from './folders.js';

const PHOTOS = 60;
const KILLS = 12;

/** When to kill: so long after the start, or after the first photo is done, in milliseconds. */
type Moment = { after: 'start' | 'first photo'; ms: number };

/** Scans; with a moment, until kill -9. */
async function scan(input: string, output: string, kill?: Moment): Promise<number | null> {
  const child = spawn(process.execPath, ['test/batch/driver.mjs', input, output, '2', '20'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const first = new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdout.resume();
  if (kill) {
    if (kill.after === 'first photo') await Promise.race([first, ended]);
    await Promise.race([sleep(kill.ms), ended]);
    child.kill('SIGKILL');
  }
  return ended;
}

function photos(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let k = 0; k < PHOTOS; k++) {
    const kind = k % 9 === 0 ? 'differs' : k % 13 === 0 ? 'bad' : 'matches';
    // Every seventh has the content of another one.
    files[`${k % 4}/photo ${k % 30}.jpg`] = `${kind} ${k % 7 === 0 ? 'same' : k}`;
    files[`more/${k}.jpg`] = `${kind} more ${k}`;
  }
  return files;
}

it('gives the same results after kills at random moments as undisturbed', async () => {
  const input = freshFolder();
  fill(input, photos());
  const whole = join(freshFolder(), 'whole');
  expect(await scan(input, whole)).toBe(0);
  const expected = await stateOf(whole);
  expect(Object.keys(expected).length).toBeGreaterThan(2 * PHOTOS);

  const output = join(freshFolder(), 'killed');
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const journal = join(output, 'journal.jsonl');
  const done = () => (existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').length - 1 : 0);
  const all = readFileSync(join(whole, 'journal.jsonl'), 'utf8').split('\n').length - 1;
  let midway = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const moment: Moment =
      kill % 3 === 0 ? { after: 'start', ms: 500 * random() } : { after: 'first photo', ms: 120 * random() };
    await scan(input, output, moment);
    if (done() > 0 && done() < all) midway++;
  }
  expect(midway).toBeGreaterThan(KILLS / 2);
  expect(await scan(input, output)).toBe(0);
  expect(await stateOf(output)).toEqual(expected);
  expect(readdirSync(join(output, 'photos')).filter((name) => name.startsWith('.'))).toEqual([]);
  // A third time there is nothing to do.
  const before = readFileSync(join(output, 'journal.jsonl'), 'utf8');
  expect(await scan(input, output)).toBe(0);
  expect(readFileSync(join(output, 'journal.jsonl'), 'utf8')).toBe(before);
});

it('a worker whose scan is killed while it writes ends with a whole result and leaves no halves behind', async () => {
  const input = freshFolder();
  fill(input, { 'a.jpg': 'differs' });
  const output = join(freshFolder(), 'killed');
  const child = spawn(process.execPath, ['test/batch/driver.mjs', input, output, '1', '0'], {
    stdio: 'ignore',
    env: { ...process.env, STAND_IN_CROPS: '1000' },
  });
  const photos = join(output, 'photos');
  const names = () => (existsSync(photos) ? readdirSync(photos) : []);
  while (names().length === 0) await sleep(1);
  const worker = Number(spawnSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }).stdout);
  expect(names()[0]).toMatch(/^\.draft-/);
  child.kill('SIGKILL');
  while (startOfProcess(worker) !== null) await sleep(5);
  expect(names()).toEqual([expect.stringMatching(/^[^.]/)]);
  expect(readdirSync(join(photos, names()[0]!, 'crops'))).toHaveLength(1000);
});
