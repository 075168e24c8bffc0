import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { type Entry, latest, readJournal } from '../../src/batch/index.js';
import { type Inspection, inspectionSchema } from '../../src/document/index.js';
import { drawBoard } from './drawBoard.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-choose-'));
const references = join(folder, 'references');
const input = join(folder, 'in');
const output = join(folder, 'out');

function scan(...more: string[]) {
  const args = ['scan', input, '--references', references, '-o', output, '--workers', '1', ...more];
  return spawnSync(process.execPath, ['dist/cli/main.js', ...args], { encoding: 'utf8' });
}

async function entryOf(name: string): Promise<Entry> {
  return latest((await readJournal(output)).entries).find(({ path }) => path === join(input, name))!;
}

async function documentOf(name: string): Promise<Inspection> {
  const { folder } = await entryOf(name);
  return inspectionSchema.parse(JSON.parse(readFileSync(join(output, folder!, 'inspection.json'), 'utf8')));
}

const linesWritten = async () => (await readJournal(output)).entries.length;

beforeAll(async () => {
  mkdirSync(join(references, 'more'), { recursive: true });
  mkdirSync(input);
  copyFileSync('samples/golden/golden-1.jpg', join(references, 'sample.jpg'));
  for (const seed of [1, 2]) await drawBoard(join(references, 'more', `drawn-${seed}.jpg`), seed);
  copyFileSync('samples/incoming/implant.jpg', join(input, 'implant.jpg'));
  await drawBoard(join(input, 'second.jpg'), 2, 8);
  await drawBoard(join(input, 'stranger.jpg'), 3, 5);
  writeFileSync(join(input, 'text.jpg'), 'no photo');
  scan();
});

it('finds the right reference of several, and says how sure that is', async () => {
  const implant = await documentOf('implant.jpg');
  expect(implant.verdict).toBe('differs');
  expect(implant.reference.name).toBe('sample.jpg');
  expect(implant.reference.chosen).toMatchObject({
    by: 'features',
    candidates: [{ name: 'sample.jpg' }],
    margin: 1,
  });
  expect(implant.reference.chosen!.candidates[0]!.score).toBeGreaterThan(30);
  const second = await documentOf('second.jpg');
  expect(second.reference.name).toBe('drawn-2.jpg');
  expect(second.registration.status).toBe('ok');
});

it('refuses an unknown board and names the nearest reference; a file that is no photo fails as ever', async () => {
  const { verdict, registration, reference } = await documentOf('stranger.jpg');
  expect(verdict).toBe('not-judged');
  expect(registration.status).toBe('refused');
  expect(registration.reason).toMatch(
    new RegExp(`no reference is like it: of the nearest, ${reference.name}, it shows \\d+ features`),
  );
  expect(await entryOf('text.jpg')).toMatchObject({ status: 'failed', folder: null, again: false });
});

it('leaves the references as they are, and does nothing twice', async () => {
  expect(readdirSync(references).sort()).toEqual(['more', 'sample.jpg']);
  expect(readdirSync(join(output, 'reference-features'))).toHaveLength(3);
  const before = await linesWritten();
  scan();
  expect(await linesWritten()).toBe(before);
});

it('does only again what a new reference is a candidate for', async () => {
  const report = (entry: Entry) => statSync(join(output, entry.folder!, 'report.html')).mtimeMs;
  const names = ['implant.jpg', 'second.jpg'];
  const before = await Promise.all(names.map(entryOf));
  const times = before.map(report);
  await drawBoard(join(references, 'drawn-3.jpg'), 3);
  scan();
  const after = await Promise.all(names.map(entryOf));
  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
  expect(after.map(report)).toEqual(times);
  const known = await documentOf('stranger.jpg');
  expect(known.reference.name).toBe('drawn-3.jpg');
  expect(known.registration.status).toBe('ok');
  // And that is known from now on.
  const lines = await linesWritten();
  scan();
  expect(await linesWritten()).toBe(lines);
});

it('renders again with the golden photo that each photo was compared with', () => {
  const { stderr } = spawnSync(process.execPath, ['dist/cli/main.js', 'report', output], {
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/made again from the photos: 3\.\n/);
});

it('says in one line what is wrong with the references', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/cli/main.js', 'scan', input, '-o', join(folder, 'other'), ...args], {
      encoding: 'utf8',
    });
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const broken = join(folder, 'broken');
  mkdirSync(broken);
  writeFileSync(join(broken, 'golden.jpg'), 'no photo');
  for (const [args, message] of [
    [[], /expected --reference REF, --references DIR, --rules FILE or --no-reference/],
    [['--references', references, '-r', references], /either --reference or --references/],
    [['--references', empty], /expected reference folders or golden photos, got none/],
    [['--references', join(folder, 'absent')], /expected a folder of references/],
    [['--references', broken], /golden.jpg: expected a JPEG/],
    [['--references', references, '--variant', 'lite'], /--variant: expected --reference/],
  ] as const) {
    const { status, stderr } = run(...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(2);
  }
});
