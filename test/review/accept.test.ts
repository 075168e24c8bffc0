import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { acceptFalseCalls, acceptFinding } from '../../src/acceptDifference.js';
import { readInspection } from '../../src/batchResults.js';
import { identityOf, planFor } from '../../src/choose/plan.js';
import { readSource } from '../../src/choose/readSource.js';
import { accepts } from '../../src/compare/index.js';
import { checkReference } from '../../src/layout/check.js';
import { checkTolerances } from '../../src/layout/checkTolerances.js';
import { diffReferences } from '../../src/layout/diff.js';
import {
  inForce,
  readReferenceFolder,
  replaceDescription,
  sameButForTolerances,
} from '../../src/layout/index.js';
import { decide } from '../../src/review/decide.js';
import { fakeReference } from '../editor/fakeReference.js';
import { fakeFinding } from '../report/fakeInspection.js';
import { type FakePhoto, fakeBatch, folderOf } from './fakeBatch.js';

const acceptance = { reason: 'second supplier', by: 'kim', expires: '2999-01-01' };
let reference: string;
let output: string;
let photos: FakePhoto[];

beforeEach(async () => {
  reference = await fakeReference();
  const { sha256 } = await readReferenceFolder(reference);
  const at = {
    name: 'green board',
    sha256,
    width: 400,
    height: 300,
    mmPerPixel: null,
    variant: null,
    goodBoards: 1,
    lacks: [],
  };
  photos = [0, 1, 2].map((k) => ({
    path: `${k}.jpg`,
    findings: [
      fakeFinding(
        'F1',
        { x: 40 + k, y: 50, width: 30, height: 20 },
        { kind: 'wrong-part', site: 'R1', score: 0.9 },
      ),
      fakeFinding(
        'F2',
        { x: 300 + 2 * k, y: 200, width: 20, height: 20 },
        { kind: 'unexplained-change', score: 0.6 },
      ),
    ],
    more: { reference: at },
  }));
  output = await fakeBatch(photos);
});

describe('one finding', () => {
  it('becomes a tolerance in the reference, which stays a reference that is read', async () => {
    const before = await readReferenceFolder(reference);
    const { tolerances } = await acceptFinding(output, folderOf(photos[0]!), 'F1', reference, acceptance);
    const after = await readReferenceFolder(reference);
    expect(after.description).toEqual({ ...before.description, tolerances });
    expect(tolerances).toMatchObject([
      {
        id: 'T1',
        kind: 'wrong-part',
        site: 'R1',
        box: { x: 35, y: 45, width: 40, height: 30 },
        ...acceptance,
      },
    ]);
    expect(
      accepts(tolerances[0]!, { kind: 'wrong-part', site: 'R1', box: photos[2]!.findings[0]!.referenceBox! }),
    ).toBe(true);
    expect(diffReferences(before.description, after.description)).toEqual([
      {
        kind: 'tolerance-added',
        id: 'T1',
        message: 'tolerance T1 (wrong-part at R1 until 2999-01-01) was added',
      },
    ]);
    // A line of its own, and the file before stays beside it.
    expect(
      readFileSync(join(reference, 'reference.json'), 'utf8').match(/^ {4}\{ "id": "T1", .*\}$/m),
    ).not.toBeNull();
    expect(readFileSync(join(reference, 'reference.previous.json'), 'utf8')).not.toContain('tolerances');
    // Results of before count as results of this reference, also for a second one.
    expect(sameButForTolerances(after, before.sha256)).toBe(true);
    await acceptFinding(output, folderOf(photos[1]!), 'F2', reference, acceptance);
    expect((await readReferenceFolder(reference)).description.tolerances).toHaveLength(2);
  });

  it('is refused where it is accepted already, unknown, of another reference or in a place of high risk', async () => {
    const accept = (finding: string, more = {}) =>
      acceptFinding(output, folderOf(photos[0]!), finding, reference, { ...acceptance, ...more });
    await accept('F1');
    await expect(accept('F1')).rejects.toThrow('accepted already, as T1');
    await expect(accept('F9')).rejects.toThrow('one of its findings (F1, F2), got "F9"');
    await expect(accept('F2', { expires: '2020-01-01' })).rejects.toThrow('expected a day to come');
    await expect(acceptFinding(output, 'x', 'F1', reference, acceptance)).rejects.toThrow(
      'expected a result "x"',
    );
    const { description } = await readReferenceFolder(reference);
    await replaceDescription(reference, { ...description, name: 'other' });
    await expect(accept('F2')).rejects.toThrow('another reference or revision');
  });

  it('is refused in a place of high risk', async () => {
    const { description } = await readReferenceFolder(reference);
    const sites = description.sites.map((site) => ({ ...site, risk: 'high' }));
    await replaceDescription(reference, { ...description, sites });
    const { sha256 } = await readReferenceFolder(reference);
    const [photo] = photos as [FakePhoto];
    const more = { reference: { ...photo.more!.reference!, sha256 } };
    const risky = await fakeBatch([{ ...photo, more }]);
    await expect(acceptFinding(risky, folderOf(photo), 'F1', reference, acceptance)).rejects.toThrow(
      'high risk',
    );
    expect((await readReferenceFolder(reference)).sha256).toBe(sha256);
  });
});

describe('what reviews called false', () => {
  async function say(k: number, finding: string, decision: string): Promise<void> {
    const body = JSON.stringify({ result: folderOf(photos[k]!), finding, decision });
    const read = (folder: string) => readInspection(output, { folder });
    expect((await decide(output, body, 'kim', read)).status).toBe(200);
  }

  it('becomes tolerances where enough boards have it', async () => {
    for (const k of [0, 1, 2]) await say(k, 'F1', 'false-call');
    await say(0, 'F2', 'false-call');
    await say(1, 'F2', 'real');
    expect((await acceptFalseCalls(output, 4, reference, acceptance)).tolerances).toEqual([]);
    const { tolerances } = await acceptFalseCalls(output, 3, reference, acceptance);
    expect(tolerances).toMatchObject([{ id: 'T1', site: 'R1', kind: 'wrong-part' }]);
    for (const { findings } of photos) {
      const { kind, site, referenceBox } = findings[0]!;
      expect(accepts(tolerances[0]!, { kind, site, box: referenceBox! })).toBe(true);
    }
    expect((await acceptFalseCalls(output, 3, reference, acceptance)).leftOut).toEqual([
      'wrong-part at R1: it is accepted already, as T1 until 2999-01-01',
    ]);
    // One of the two was real after all.
    expect((await acceptFalseCalls(output, 2, reference, acceptance)).tolerances).toEqual([]);
  });
});

describe('expiry', () => {
  it('ends a tolerance after its last day, which the check tells and the next scan knows', async () => {
    const { tolerances } = await acceptFinding(output, folderOf(photos[0]!), 'F1', reference, acceptance);
    expect(inForce(tolerances, '2999-01-01')).toEqual(tolerances);
    expect(inForce(tolerances, '2999-01-02')).toEqual([]);
    expect(await checkReference(reference)).toEqual([]);
    const { description } = await readReferenceFolder(reference);
    const gone = { ...tolerances[0]!, expires: '2020-01-01', accepted: '2019-01-01' };
    await replaceDescription(reference, { ...description, tolerances: [gone] });
    expect(await checkReference(reference)).toMatchObject([
      {
        severity: 'warning',
        where: 'reference.json tolerances.T1',
        message: expect.stringContaining('it expired on 2020-01-01 and does nothing'),
      },
    ]);
    const problems = checkTolerances(
      {
        ...description,
        sites: [],
        regions: [
          {
            id: 'G1',
            rule: 'high-risk',
            polygon: [
              [0, 0],
              [100, 0],
              [100, 100],
            ],
          },
        ],
        tolerances: [
          { ...gone, expires: '2999-01-01' },
          { ...gone, id: 'T2', site: null, box: { x: 900, y: 0, width: 5, height: 5 } },
        ],
      },
      '2026-01-01',
    );
    expect(problems.map(({ severity, message }) => `${severity} ${message.slice(0, 30)}`)).toEqual([
      'warning it is for site "R1", which thi',
      'warning it reaches into a place of hig',
      'warning it expired on 2020-01-01 and d',
      'error it lies outside of the frame',
    ]);
    // What the tolerances that hold are is part of what results depend on.
    const before = await readSource(reference, null);
    await replaceDescription(reference, { ...description, tolerances });
    const after = await readSource(reference, null);
    expect(identityOf(planFor('named', after))).not.toBe(identityOf(planFor('named', before)));
    expect(after.accepted).toEqual(['T1']);
  });

  it('is refused by name in a file that lacks it, or says a day that is none', async () => {
    const path = join(reference, 'reference.json');
    await acceptFinding(output, folderOf(photos[0]!), 'F1', reference, acceptance);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"expires": "2999-01-01"', '"expires": "someday"'));
    await expect(readReferenceFolder(reference)).rejects.toThrow('at tolerances.0.expires');
    writeFileSync(path, text.replace(', "expires": "2999-01-01"', ''));
    await expect(readReferenceFolder(reference)).rejects.toThrow('at tolerances.0.expires');
  });
});

it('accepts by command: the same photo then differs no more there, until the day has passed', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/cli/main.js', ...args], { encoding: 'utf8' });
  const photo = 'samples/incoming/missing-wrong.jpg';
  const learnt = join(reference, '..', 'learnt');
  const scanned = join(reference, '..', 'scanned');
  expect(run('reference', 'create', 'samples/golden/golden-1.jpg', '-o', learnt).status).toBe(0);
  const { photos } = JSON.parse(run('scan', photo, '-r', learnt, '-o', scanned, '-q', '--json').stdout);
  const [{ folder, findings }] = photos;
  expect(findings.length).toBeGreaterThan(1);
  const rest = ['-r', learnt, '--reason', 'known'];
  for (const { id } of findings)
    expect(run('reference', 'accept', scanned, folder, id, ...rest, '--expires', '2999-01-01').status).toBe(
      0,
    );
  // The day of the first one has passed.
  const path = join(learnt, 'reference.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('2999-01-01', '2020-01-01'));
  const { stdout, status } = run('inspect', photo, '-r', learnt, '--json');
  const inspection = JSON.parse(stdout);
  expect([status, inspection.verdict]).toEqual([1, 'differs']);
  expect(inspection.findings.map(({ site }: { site: string }) => site)).toEqual([findings[0].site]);
  const rules: { id: string; rule: string; note: string; silenced: object[] }[] = inspection.rules;
  expect(rules.map(({ id, rule, silenced }) => [id, rule, silenced.length])).toEqual(
    findings.slice(1).map((_: unknown, k: number) => [`T${k + 2}`, 'tolerance', 1]),
  );
  expect(rules[0]!.note).toContain('known (accepted by');
  const bad = (...args: string[]) => run('reference', 'accept', scanned, ...rest, '--expires', ...args);
  expect(bad('2026-02-30', '--boards', '2').stderr).toContain('expected a day as YYYY-MM-DD');
  expect(bad('2999-01-01').stderr).toContain('expected a result and one of its findings, or --boards');
  expect(bad('2999-01-01', '--boards', '1').stderr).toContain('expected 2 or more');
});
