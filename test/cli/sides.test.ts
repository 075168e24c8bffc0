import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { inspectionSchema } from '../../src/document/index.js';

/** Both sides of one board in one inspection. A sample seen in a mirror stands in for the other side. */

const folder = mkdtempSync(join(tmpdir(), 'boardiff-sides-'));
const output = join(folder, 'out');
const top = 'samples/golden/golden-1.jpg';
const bottom = join(folder, 'bottom.jpg');
const implant = join(folder, 'implant, from below.jpg');

function inspect(...args: string[]) {
  return spawnSync(process.execPath, ['dist/cli/main.js', 'inspect', ...args], { encoding: 'utf8' });
}

beforeAll(async () => {
  await sharp(top).flop().jpeg({ quality: 95 }).toFile(bottom);
  await sharp('samples/incoming/implant.jpg').flop().jpeg({ quality: 95 }).toFile(implant);
});

it('holds each photo against the side that it shows, and a board differs when one side does', () => {
  const { status, stdout } = inspect(
    implant,
    'samples/incoming/clean.jpg',
    '-r',
    top,
    '-r',
    bottom,
    '-o',
    output,
  );
  expect(stdout).toMatch(/^MATCHES {2}clean\.jpg/m);
  expect(stdout).toMatch(/^DIFFERS {2}implant, from below\.jpg/m);
  expect(stdout).toMatch(/^Board: DIFFERS\.$/m);
  expect(status).toBe(1);
  const read = (side: string) =>
    inspectionSchema.parse(JSON.parse(readFileSync(join(output, side, 'inspection.json'), 'utf8')));
  expect(read('golden-1').verdict).toBe('matches');
  expect(read('bottom').findings[0]!.kind).toBe('unexpected-part');
  for (const side of ['golden-1', 'bottom']) expect(existsSync(join(output, side, 'report.html'))).toBe(true);
});

it('does not judge a board of which a side is not shown', () => {
  const { status, stdout } = inspect('samples/incoming/clean.jpg', '-r', top, '-r', bottom);
  expect(stdout).toContain('No photo shows bottom: that side is not judged.');
  expect(stdout).toMatch(/^Board: NOT JUDGED\.$/m);
  expect(status).toBe(3);
  const list = inspect('samples/incoming/clean.jpg', '-r', top, '-r', bottom, '--json');
  expect(JSON.parse(list.stdout)).toHaveLength(1);
  expect(list.status).toBe(3);
});

it('wants sides whose names can be told apart', () => {
  const { status, stderr } = inspect(implant, '-r', top, '-r', top);
  expect(stderr).toMatch(/expected one reference a side, got two named golden-1/);
  expect(status).toBe(2);
});
