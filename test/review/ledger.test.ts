import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decisionsOf, type Entry, LEDGER, openLedger, readLedger } from '../../src/decisions/index.js';
import { fakeFinding } from '../report/fakeInspection.js';

const SHA = 'a1'.repeat(32);
const OTHER = 'b2'.repeat(32);
const box = { x: 100, y: 50, width: 40, height: 30 };

function entry(decision: Entry['decision'], more: Partial<Entry> = {}): Entry {
  const { id, kind, score, label, site, referenceBox } = fakeFinding('F1', box, { site: 'U3' });
  return {
    version: 1,
    at: '2026-11-02T08:00:00.000Z',
    by: 'kim',
    decision,
    note: null,
    result: 'photos/one',
    photo: { path: 'a.jpg', sha256: SHA },
    reference: { name: 'board', sha256: SHA },
    finding: { id, kind, score, label, site, box, referenceBox },
    box: null,
    ...more,
  };
}

const photo = {
  folder: 'photos/one',
  sha256: SHA,
  reference: 'board',
  findings: [fakeFinding('F1', box, { site: 'U3' })],
};
const said = (entries: Entry[], where: typeof photo = photo) =>
  decisionsOf([where], entries).get(where.folder);

it('gives back what was written, in order, and none where there is none', async () => {
  const output = mkdtempSync(join(tmpdir(), 'boardiff-ledger-'));
  expect(await readLedger(output)).toEqual({ entries: [], unreadable: 0 });
  const ledger = await openLedger(output);
  await ledger.append(entry('real', { note: 'line\nbreak \u202e' }));
  await ledger.append(entry('undone'));
  await ledger.close();
  const { entries, unreadable } = await readLedger(output);
  expect(entries).toEqual([entry('real', { note: 'line\nbreak \u202e' }), entry('undone')]);
  expect(unreadable).toBe(0);
});

it('passes over torn and foreign lines, tells of them, changes nothing, and goes on after them', async () => {
  const output = mkdtempSync(join(tmpdir(), 'boardiff-ledger-'));
  const path = join(output, LEDGER);
  const whole = JSON.stringify(entry('real'));
  const before = `${whole}\nno json\n{"version":9}\n${whole.slice(0, 90)}`;
  writeFileSync(path, before);
  expect(await readLedger(output)).toMatchObject({ entries: [entry('real')], unreadable: 3 });
  const ledger = await openLedger(output);
  await ledger.append(entry('unsure'));
  await ledger.close();
  const text = readFileSync(path, 'utf8');
  expect(text.startsWith(`${before}\n`)).toBe(true);
  expect(await readLedger(output)).toMatchObject({
    entries: [entry('real'), entry('unsure')],
    unreadable: 3,
  });
  // A line that only lacks its end may have lost more.
  appendFileSync(path, whole);
  expect((await readLedger(output)).unreadable).toBe(4);
});

it('lets the last word count, and takes it back', () => {
  expect(said([entry('real'), entry('false-call')])!.findings.get('F1')!.entry.decision).toBe('false-call');
  expect(said([entry('real'), entry('undone')])!.findings.size).toBe(0);
  expect(said([entry('real'), entry('undone'), entry('unsure')])!.findings.get('F1')!.entry.decision).toBe(
    'unsure',
  );
  expect(said([entry('real', { photo: { path: 'a.jpg', sha256: OTHER } })])).toBeUndefined();
});

it('holds of a later run at the same site or place, and of no other', () => {
  const later = (more: object) => ({
    ...photo,
    folder: 'photos/two',
    findings: [{ ...photo.findings[0]!, id: 'F4', ...more }],
  });
  const carried = (more: object) => said([entry('false-call')], later(more))!.findings.get('F4');
  const far = { x: 400, y: 300, width: 40, height: 30 };
  expect(carried({})).toMatchObject({ carried: true, entry: { decision: 'false-call' } });
  expect(carried({ box: far, referenceBox: far })?.carried).toBe(true);
  expect(carried({ site: null, kind: 'unexplained-change', box: { ...box, x: 110 } })?.carried).toBe(true);
  expect(carried({ site: 'U4', box: far, referenceBox: far })).toBeUndefined();
  // Against another board the same name of a site means nothing.
  expect(
    said([entry('real')], { ...later({ box: far, referenceBox: far }), reference: 'other' })!.findings.size,
  ).toBe(0);
  // Said again of the later run, the older word is over.
  const again = [
    entry('false-call'),
    entry('real', { result: 'photos/two', finding: { ...entry('real').finding!, id: 'F4' } }),
  ];
  expect(said(again)!.findings.get('F1')).toMatchObject({ carried: true, entry: { decision: 'real' } });
});

it('keeps escapes by place, until they are taken back or found', () => {
  const missed = (x: number, more: Partial<Entry> = {}) =>
    entry('escape', { finding: null, box: { x, y: 10, width: 20, height: 20 }, ...more });
  const boxes = (entries: Entry[]) => said(entries)!.escapes.map((one) => one.box?.x);
  expect(boxes([missed(10), missed(200)])).toEqual([10, 200]);
  expect(boxes([missed(10), missed(200), { ...missed(12), decision: 'undone' }])).toEqual([200]);
  expect(boxes([missed(10), missed(200), { ...missed(0), decision: 'undone', box: null }])).toEqual([10]);
  const found = {
    ...photo,
    folder: 'photos/two',
    findings: [fakeFinding('F1', { x: 11, y: 11, width: 20, height: 20 })],
  };
  const now = said([missed(10)], found)!;
  expect(now.escapes).toEqual([]);
  expect(now.findings.get('F1')).toMatchObject({ carried: true, entry: { decision: 'real' } });
});
