import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { beforeEach, describe, expect, it } from 'vitest';
import { addReferenceCheck } from '../../src/cli/referenceCheck.js';
import { addReferenceDiff } from '../../src/cli/referenceDiff.js';
import { addReferenceExport } from '../../src/cli/referenceExport.js';
import { replaceDescription, writeReferenceFolder } from '../../src/layout/index.js';
import { reference } from '../layout/exporters/reference.js';

const photo = Buffer.from('a photo');
const golden = [{ ...reference.golden[0]!, sha256: createHash('sha256').update(photo).digest('hex') }];
const description = { ...reference, golden };

let folder: string;
let ref: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boardiff-'));
  ref = join(folder, 'reference');
  await writeReferenceFolder(ref, { description, golden: [photo], features: [], parts: null }, false);
});

/** What a command prints and what it tells the shell. */
async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const result = { status: 0, out: '', err: '' };
  const context = {
    out: (text: string) => {
      result.out += text;
    },
    err: (text: string) => {
      result.err += text;
    },
    exit: (status: number) => {
      result.status = status;
    },
    color: false,
    width: 100,
  };
  const program = new Command()
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err });
  for (const add of [addReferenceCheck, addReferenceDiff, addReferenceExport]) add(program, context);
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync(args, { from: 'user' });
  return result;
}

describe('reference export', () => {
  it('writes to standard output, and nothing else to it', async () => {
    const { status, out } = await run('export', ref, '--format', 'centroid');
    expect(status).toBe(0);
    expect(out.split('\n')[0]).toBe('Designator,Val,Package,Mid X,Mid Y,Rotation,Side,Class,Expected');
  });

  it('writes to a file', async () => {
    const file = join(folder, 'labels.txt');
    const { out } = await run('export', ref, '-f', 'yolo', '-o', file);
    expect(out).toBe('');
    expect(readFileSync(file, 'utf8')).toMatch(/^# classes: ic, resistor\n/);
  });

  it('wants a format that it knows', async () => {
    await expect(run('export', ref)).rejects.toThrow('required option');
    await expect(run('export', ref, '-f', 'dwg')).rejects.toThrow('Allowed choices');
  });
});

describe('reference check', () => {
  it('ends with 0 for a good one and 1 for a wrong one', async () => {
    expect(await run('check', ref)).toMatchObject({ status: 0, out: 'errors: 0, warnings: 0\n' });
    writeFileSync(join(ref, 'golden-1.jpg'), 'another');
    const { status, out } = await run('check', ref);
    expect(status).toBe(1);
    expect(out).toMatch(/^errors: 1, warnings: 0\n {2}error {4}golden-1\.jpg: expected SHA-256/);
  });

  it('ends with 0 for warnings, and gives JSON', async () => {
    writeFileSync(join(ref, 'a\u001b[2J.txt'), '');
    const { status, out } = await run('check', ref, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out).problems).toHaveLength(1);
    expect((await run('check', ref)).out).not.toContain('\u001b');
  });
});

describe('reference diff', () => {
  it('ends with 0 for the same and 1 for another', async () => {
    const other = join(folder, 'other');
    await writeReferenceFolder(other, { description, golden: [photo], features: [], parts: null }, false);
    expect(await run('diff', ref, other)).toMatchObject({ status: 0, out: 'changes: 0\n' });
    await replaceDescription(other, { ...description, sites: description.sites.slice(1) });
    expect(await run('diff', ref, other)).toMatchObject({
      status: 1,
      out: 'changes: 1\n  site R1 (resistor, fitted) was removed\n',
    });
    const { changes } = JSON.parse((await run('diff', ref, other, '--json')).out);
    expect(changes).toEqual([
      { kind: 'site-removed', id: 'R1', message: 'site R1 (resistor, fitted) was removed' },
    ]);
  });
});
