import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { Selftest } from '../../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-'));
const golden = 'samples/golden/golden-1.jpg';

function selftest(...args: string[]) {
  return spawnSync(process.execPath, ['dist/cli/main.js', 'selftest', '-r', golden, ...args], {
    encoding: 'utf8',
  });
}

it('plants parts into a simulated second shot, finds most large ones, and writes document and picture', async () => {
  const { status, stdout, stderr } = selftest('--plants', '16', '--seed', '3', '-o', folder, '--json');
  expect(status).toBe(0);
  expect(stderr).toContain('Inspecting edited photo 2 of 2.');
  const document: Selftest = JSON.parse(stdout);
  const schema = JSON.parse(readFileSync('docs/selftest.schema.json', 'utf8'));
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, 'selftest.json'), 'utf8'))).toEqual(document);

  expect(document.simulated).toBe(true);
  expect(document.notice).toContain('does not by itself verify hardware integrity');
  expect(document.edited).toMatchObject({ photos: 2, refused: 0 });
  expect(document.planted).toBe(document.plants.length);
  expect(document.planted).toBeGreaterThanOrEqual(14);
  expect(document.found).toBe(document.plants.filter(({ found }) => found).length);
  for (const { box } of document.plants) {
    expect(box.x >= 0 && box.x + box.width <= document.photo.width).toBe(true);
    expect(box.y >= 0 && box.y + box.height <= document.photo.height).toBe(true);
  }
  const large = document.plants.filter(({ longSidePx }) => longSidePx >= 32);
  expect(large.length).toBeGreaterThanOrEqual(4);
  expect(large.filter(({ found }) => found).length / large.length).toBeGreaterThanOrEqual(0.75);

  const { width } = await sharp(join(folder, 'selftest.jpg')).metadata();
  expect(width).toBe(document.photo.width);
});

it('ends with status 3 when the photo cannot be registered, and says why', () => {
  const { status, stdout } = selftest('--photo', 'samples/incoming/blurred.jpg');
  expect(status).toBe(3);
  expect(stdout).toContain('Nothing was planted');
});

it('ends with status 2 on bad input', () => {
  const output = join(folder, 'never');
  expect(selftest('--photo', join(folder, 'absent.jpg'), '-o', output).status).toBe(2);
  expect(selftest('--seed', '-1').status).toBe(2);
  expect(selftest('--plants', '0').status).toBe(2);
  expect(existsSync(output)).toBe(false);
});
