import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';

/** Same input, same output: whatever the number of threads and workers, timings aside. */

const folder = mkdtempSync(join(tmpdir(), 'boardiff-same-'));
const input = join(folder, 'input');
mkdirSync(input);
const golden = join(folder, 'golden.jpg');
await sharp('samples/golden/golden-1.jpg').resize(800).toFile(golden);
const photos = ['implant.jpg', 'clean.jpg'].map((name) => join(input, name));
for (const photo of photos)
  await sharp(`samples/incoming/${basename(photo)}`)
    .resize(800)
    .toFile(photo);

function node(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { stdout, stderr, status };
}

/** Inspection documents by photo, without their timings. */
function scanned(workers: string): Record<string, unknown> {
  const output = join(folder, `workers-${workers}`);
  const { status, stderr } = node(
    'dist/cli/main.js',
    'scan',
    input,
    '-r',
    golden,
    '-o',
    output,
    '-w',
    workers,
  );
  expect(status, stderr).not.toBe(2);
  const documents = readdirSync(join(output, 'photos')).map((name) => {
    const text = readFileSync(join(output, 'photos', name, 'inspection.json'), 'utf8');
    const { timings, ...document } = JSON.parse(text);
    expect(Object.keys(timings)).toContain('change');
    // A scan also says how it came to its reference.
    expect(document.reference.chosen.by).toBe('named');
    delete document.reference.chosen;
    return [document.photo.path, document];
  });
  return Object.fromEntries(documents);
}

it('gives the same document with one thread and with two, down to the last bit of what the models say', () => {
  const [one, two] = ['1', '2'].map(
    (threads) => node('test/cli/inspectWithThreads.mjs', threads, photos[0]!, golden).stdout,
  );
  expect(JSON.parse(one!).document.findings.length).toBeGreaterThan(0);
  expect(two).toBe(one);
});

it('gives the same documents with one worker, with two, and without any', () => {
  const one = scanned('1');
  expect(Object.keys(one).sort()).toEqual([...photos].sort());
  expect(scanned('2')).toEqual(one);
  for (const photo of photos) {
    const { stdout } = node('dist/cli/main.js', 'inspect', photo, '-r', golden, '--json');
    const { timings: _, ...document } = JSON.parse(stdout);
    expect(document).toEqual(one[photo]);
  }
});

it('records in every document what made it', () => {
  const { stdout } = node('dist/cli/main.js', 'inspect', photos[1]!, '-r', golden, '--json');
  const document = JSON.parse(stdout);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(document.tool).toEqual({ name: 'boardiff', version });
  expect(document.models).toEqual(
    ['detector', 'change'].map((name) => {
      const contract = JSON.parse(readFileSync(`models/${name}.json`, 'utf8'));
      return { task: contract.task, name: contract.name, version: contract.version, sha256: contract.sha256 };
    }),
  );
  expect(document.photo.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(document.reference.sha256).toMatch(/^[0-9a-f]{64}$/);
});
