import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { Advice } from '../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-'));

function advise(photo: string): { status: number | null; advice: Advice } {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['dist/cli/main.js', 'advise', photo, '-r', 'samples/golden/golden-1.jpg', '--json'],
    { encoding: 'utf8' },
  );
  return { status, advice: JSON.parse(stdout) };
}

const bad = ({ checks }: Advice) => checks.filter(({ good }) => !good).map(({ name }) => name);

it('is content with a good photo', () => {
  const { status, advice } = advise('samples/incoming/clean.jpg');
  expect(status).toBe(0);
  expect(advice.good).toBe(true);
  expect(bad(advice)).toEqual([]);
  expect(advice.shots).toBe(1);
  expect(advice.smallestPartPx).toBeGreaterThan(10);
});

it('says of a small photo that it was taken from too far away, and how many close-ups would do', async () => {
  const far = join(folder, 'far.jpg');
  await sharp('samples/incoming/clean.jpg').resize(900).toFile(far);
  const { status, advice } = advise(far);
  expect(status).toBe(3);
  expect(bad(advice)).toContain('distance');
  expect(advice.checks.find(({ name }) => name === 'distance')!.advice).toMatch(/^Go \d\.\d times nearer/);
  expect(advice.shots).toBeGreaterThan(4);
});

it('says of a photo that cannot be laid onto the reference why, with number and limit', () => {
  const { status, advice } = advise('samples/incoming/blurred.jpg');
  expect(status).toBe(3);
  expect(advice.checks).toHaveLength(1);
  expect(advice.checks[0]!.measured).toMatch(/only \d+ points .* at least \d+/);
});

it('says what to change wherever something is wrong: here a quarter of the photo is out of focus', async () => {
  const half = join(folder, 'half.png');
  const photo = sharp('samples/incoming/clean.jpg');
  const { width, height } = await photo.metadata();
  const area = { left: 0, top: 0, width: width >> 1, height: height >> 1 };
  const blurred = await sharp('samples/incoming/clean.jpg').extract(area).blur(12).png().toBuffer();
  await photo.composite([{ input: blurred, left: 0, top: 0 }]).toFile(half);
  const { advice } = advise(half);
  expect(bad(advice)).toContain('frame');
  expect(advice.checks.filter(({ good, advice }) => !good && advice === null)).toEqual([]);
});
