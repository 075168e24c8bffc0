import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { latest, readJournal } from '../../src/batch/index.js';
import { openBatchAims } from '../../src/choose/index.js';
import { type Inspection, inspectionSchema } from '../../src/document/index.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-each-other-'));
const input = join(folder, 'in');
const output = join(folder, 'out');

function boardiff(...list: string[]) {
  return spawnSync(process.execPath, ['dist/cli/main.js', ...list], { encoding: 'utf8' });
}

const scan = (...more: string[]) =>
  boardiff('scan', input, '--no-reference', '-o', output, '--workers', '1', ...more);

async function documentOf(name: string): Promise<Inspection> {
  const { entries } = await readJournal(output);
  const { folder } = latest(entries).find(({ path }) => path === join(input, name))!;
  return inspectionSchema.parse(JSON.parse(readFileSync(join(output, folder!, 'inspection.json'), 'utf8')));
}

/** A small copy of a sample. */
function copy(sample: string, name: string, side: number, turned = 0) {
  return sharp(`samples/${sample}.jpg`)
    .rotate(turned)
    .resize(side, side, { fit: 'inside' })
    .jpeg({ quality: 92 })
    .toFile(join(input, name));
}

describe('boards of a batch without a golden board', () => {
  let first: ReturnType<typeof boardiff>;

  beforeAll(async () => {
    mkdirSync(input);
    // Two odd boards are the first and the largest, so that they are tried as the frame before all others.
    await copy('incoming/implant', 'a-implant.jpg', 1100);
    await copy('incoming/implant', 'a-same.jpg', 1080, 90);
    await copy('golden/golden-1', 'b.jpg', 1000);
    await copy('golden/golden-2', 'c.jpg', 1000);
    await copy('incoming/clean', 'd.jpg', 1000);
    await copy('incoming/missing-wrong', 'e-missing.jpg', 1000);
    await copy('incoming/blurred', 'f-blurred.jpg', 700);
    writeFileSync(join(input, 'text.jpg'), 'no photo');
    first = scan();
  }, 600_000);

  it('names boards that have a part more than the others, also where they are the first that are looked at', async () => {
    for (const name of ['a-implant.jpg', 'a-same.jpg']) {
      const implant = await documentOf(name);
      expect(implant.verdict).toBe('differs');
      expect(implant.findings).toHaveLength(1);
      expect(implant.findings[0]).toMatchObject({ kind: 'unexpected-part', site: null });
    }
    for (const name of ['b.jpg', 'c.jpg', 'd.jpg']) {
      expect((await documentOf(name)).findings, name).toEqual([]);
    }
    const kinds = (await documentOf('e-missing.jpg')).findings.map(({ kind }) => kind);
    expect(kinds).toContain('missing-part');
    expect(kinds).not.toContain('unexpected-part');
  });

  it('lays no board onto itself', async () => {
    const names = new Set<string>();
    for (const name of ['a-implant.jpg', 'a-same.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e-missing.jpg']) {
      const { reference } = await documentOf(name);
      expect(reference.name).not.toContain(`(laid onto ${name})`);
      expect(reference.goodBoards).toBe(5);
      names.add(reference.name);
    }
    expect(names.size).toBe(2);
  });

  it('says everywhere that there was no golden board', async () => {
    const { notice, reference } = await documentOf('c.jpg');
    expect(notice).toMatch(/There was no golden board.*no more than like the others of its batch/);
    expect(reference.lacks).toContain('golden-board');
    expect(reference.chosen).toMatchObject({ by: 'batch' });
    expect(first.stdout.replaceAll(/\s+/g, ' ')).toMatch(/There was no golden board/);
    expect(first.stdout).toContain('Unlike the other boards of the batch, worst first:');
    const index = readFileSync(join(output, 'index.html'), 'utf8');
    expect(index).toContain('There was no golden board');
    expect(index).toContain('compared with each other:</span> no golden board');
    const { entries } = await readJournal(output);
    for (const entry of latest(entries)) {
      if (entry.folder === null) continue;
      const page = readFileSync(join(output, entry.folder, 'report.html'), 'utf8');
      expect(page).toContain('There was no golden board');
    }
  });

  it('refuses what cannot be laid onto the others, and what is no photo, with the reason', async () => {
    const { verdict, registration } = await documentOf('f-blurred.jpg');
    expect(verdict).toBe('not-judged');
    expect(registration).toMatchObject({ status: 'refused', reason: expect.stringContaining('blurred') });
    expect(first.status).toBe(2);
    expect(first.stdout).toMatch(/1 not judged|not judged, 1 failed/);
  });

  it('goes on with the reference that it learnt, and does nothing twice', async () => {
    const chosen = join(output, 'batch-reference', 'chosen.json');
    const learnt = statSync(chosen).mtimeMs;
    const lines = (await readJournal(output)).entries.length;
    copyFileSync(join(input, 'd.jpg'), join(input, 'g-later.jpg'));
    const { stderr } = scan();
    expect(stderr).not.toMatch(/No golden board/);
    expect(statSync(chosen).mtimeMs).toBe(learnt);
    // One line for the new name of a known photo.
    expect((await readJournal(output)).entries).toHaveLength(lines + 1);
  });

  it("lays no photo of the frame's board onto the frame, where a pattern says which photos show it", async () => {
    const paths = ['a-implant.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e-missing.jpg'].map((name) =>
      join(input, name),
    );
    const plansWith = async (group?: string) => {
      const aims = await openBatchAims({ noReference: true, paths: [], group }, output, () => {});
      const targets = paths.map(async (path) => {
        const aim = await aims.aim(path, 'ab'.repeat(32));
        return 'target' in aim ? (await aim.target()).identity : aim.reason;
      });
      return Promise.all(targets);
    };
    const alone = await plansWith();
    expect(new Set(alone).size).toBe(2);
    const together = await plansWith('(?<board>in)/');
    expect(new Set(together).size).toBe(1);
    expect(alone.filter((plan) => plan === together[0])).toHaveLength(1);
  });

  it('renders again from what was saved', async () => {
    const { stderr } = boardiff('report', output);
    expect(stderr).not.toMatch(/Left as they were.*: [1-9]/);
    expect(readFileSync(join(output, 'index.html'), 'utf8')).toContain('There was no golden board');
  });
});

describe('one clear line', () => {
  it.each([
    [['--reference', 'samples/golden/golden-1.jpg'], 'got --reference'],
    [['--references', 'samples'], 'got --references'],
    [['--rules', 'rules.json'], 'got --rules'],
    [['--variant', 'lite'], 'got --variant'],
  ])('where a reference is named as well: %s', (more, got) => {
    for (const list of [
      ['--no-reference', ...more],
      [...more, '--no-reference'],
    ]) {
      const { status, stderr } = boardiff('scan', 'samples/incoming', '-o', join(folder, 'never'), ...list);
      expect(status).toBe(2);
      expect(stderr).toContain(`boardiff: --no-reference: expected no reference beside it, ${got}`);
    }
  });

  it('where fewer than three boards can be laid onto each other', async () => {
    const few = join(folder, 'few');
    mkdirSync(few);
    for (const name of ['one', 'two'])
      await sharp('samples/golden/golden-1.jpg')
        .resize(name === 'one' ? 700 : 720)
        .toFile(join(few, `${name}.jpg`));
    const { status, stderr } = boardiff('scan', few, '--no-reference', '-o', join(folder, 'few-out'));
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /boardiff: --no-reference: expected at least 3 boards whose photos can be laid onto each other, got 2 in all/,
    );
    // Two copies of one photo are one photo.
    copyFileSync(join(few, 'one.jpg'), join(few, 'three.jpg'));
    const again = boardiff('scan', few, '--no-reference', '-o', join(folder, 'few-out'));
    expect(again.stderr).toMatch(
      /boardiff: --no-reference: expected at least 3 boards.*got 2 that could be opened/,
    );
  });
});
