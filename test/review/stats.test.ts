import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { readInspection } from '../../src/batchResults.js';
import { figuresOf, openLedger, readLedger } from '../../src/decisions/index.js';
import { meanOf, shareOf } from '../../src/decisions/interval.js';
import type { SiteResult } from '../../src/document/index.js';
import { renderStatsSvg } from '../../src/report/stats/index.js';
import { decide } from '../../src/review/decide.js';
import { statsOf } from '../../src/statsOf.js';
import { fakeFinding } from '../report/fakeInspection.js';
import { type FakePhoto, fakeBatch, folderOf } from './fakeBatch.js';

const sites: SiteResult[] = ['U3', 'R1', 'R2', 'R3'].map((id) => ({
  id,
  label: 'ic',
  expected: 'fitted',
  verdict: id === 'R3' ? 'not-judged' : 'matches',
  reason: null,
}));

const box = { x: 100, y: 50, width: 40, height: 30 };
/** Photos of two lots and days; what is found on them is one finding at U3 each, and one beside all sites. */
const photos: FakePhoto[] = Array.from({ length: 8 }, (_, k) => ({
  path: `lot-${k < 4 ? 1 : 2}/<${k}>.jpg`,
  findings:
    k < 6
      ? [
          fakeFinding('F1', box, { site: 'U3', score: 0.9 }),
          fakeFinding('F2', { ...box, x: 400 }, { site: null, score: 0.6 }),
        ]
      : [],
  at: `2026-11-0${k < 4 ? 2 : 3}T08:00:00.000Z`,
  more: { sites },
}));

async function decided(): Promise<string> {
  const output = await fakeBatch(photos);
  const say = async (k: number, finding: string | null, decision: string) => {
    const body = JSON.stringify({ result: folderOf(photos[k]!), finding, decision });
    const answer = await decide(output, body, 'kim', (folder) => readInspection(output, { folder }));
    expect(answer.status).toBe(200);
  };
  await say(0, 'F1', 'false-call');
  await say(0, 'F2', 'real');
  await say(1, 'F1', 'false-call');
  await say(1, 'F2', 'false-call');
  await say(2, 'F1', 'unsure');
  await say(4, 'F1', 'real');
  await say(4, 'F2', 'real');
  await say(7, null, 'escape');
  return output;
}

it("gives Wilson's interval, also for none and for few", () => {
  // Values of the score interval as printed in textbooks.
  expect(shareOf(0, 0)).toBeNull();
  const { low, high } = shareOf(1, 3)!;
  expect([low, high].map((value) => value.toFixed(3))).toEqual(['0.061', '0.792']);
  expect(shareOf(0, 3)).toMatchObject({ low: 0, value: 0 });
  expect(shareOf(0, 3)!.high).toBeCloseTo(0.5615, 3);
  expect(shareOf(3, 3)!.high).toBe(1);
  expect(meanOf(0, 10)!.high).toBeCloseTo(0.384, 3);
  expect(meanOf(30, 10)!.value).toBe(3);
});

it('counts false calls a photo, a site, escapes and what is open', async () => {
  const output = await decided();
  const { figures, unreadable } = await statsOf([output], /lot-(\d)/u);
  const { total, byLot, byDay, sites } = figures;
  expect(unreadable).toBe(0);
  expect(total).toMatchObject({
    photos: 8,
    settled: 5,
    findings: 12,
    real: 3,
    falseCalls: 3,
    unsure: 1,
    escapes: 1,
  });
  expect(total.decided).toMatchObject({ count: 7, of: 12 });
  // Photos 0, 1, 4 with all decided, 6 and 7 with nothing found.
  expect(total.falseCallsPerPhoto).toMatchObject({ value: 0.6, count: 3, of: 5 });
  expect(total.photosFalselyCalled).toMatchObject({ count: 2, of: 5 });
  // Three sites judged on each of eight photos; U3 is open on two of them.
  expect(total.falseCallsPerSite).toMatchObject({ count: 2, of: 22 });
  expect(total.missed).toMatchObject({ count: 1, of: 4 });
  expect(byLot.map(([name, { falseCalls }]) => [name, falseCalls])).toEqual([
    ['1', 3],
    ['2', 0],
  ]);
  expect(byDay.map(([name, { escapes }]) => [name, escapes])).toEqual([
    ['2026-11-02', 0],
    ['2026-11-03', 1],
  ]);
  expect(sites).toMatchObject([{ site: 'U3', falseCalls: 2, rate: { count: 2, of: 6 } }]);
});

it('draws names as text, and nothing where there is nothing', async () => {
  const { figures } = await statsOf([await decided()], /<\d>/u);
  const svg = renderStatsSvg(figures);
  expect(svg).toContain('&lt;0&gt;');
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(svg).close();
  expect(renderStatsSvg(figuresOf([]))).toContain('No rate can be told yet');
});

it('prints a table, CSV and JSON of several folders, and says what it passed over', async () => {
  const one = await decided();
  const other = await fakeBatch([]);
  const { appendFileSync, writeFileSync } = await import('node:fs');
  writeFileSync(join(other, 'journal.jsonl'), '');
  appendFileSync(join(one, 'decisions.jsonl'), '{"half');
  const file = join(other, 'charts.svg');
  const stats = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/cli/main.js', 'stats', one, other, ...args], { encoding: 'utf8' });
  const table = stats('--lot', 'lot-(.)', '-o', file);
  expect(table.status).toBe(0);
  expect(table.stderr).toContain('One line of decisions.jsonl could not be read');
  expect(table.stdout).toContain('8 photos with a verdict, nothing open on 5 of them.');
  expect(table.stdout).toMatch(/False calls a photo +0\.60 \(0\.20 to 1\.76\) +3 false calls on 5 photos/);
  expect(table.stdout).toContain('1 escape of 4 known');
  expect(readFileSync(file, 'utf8')).toContain('<svg');
  const rows: Record<string, string>[] = parseCsv(stats('--format', 'csv').stdout, { columns: true });
  expect(rows.find(({ group, figure }) => group === 'total' && figure === 'missed')).toMatchObject({
    count: '1',
    of: '4',
  });
  expect(JSON.parse(stats('-f', 'json').stdout)).toMatchObject({
    schemaVersion: 1,
    total: { settled: 5 },
    byLot: [],
  });
  expect(stats('--lot', '(').status).toBe(2);
  expect(stats(join(one, 'photos')).stderr).toContain('expected a folder that a scan wrote');
});

it('keeps decisions in a ledger that figures can be made from after a rerun', async () => {
  const output = await decided();
  const { entries } = await readLedger(output);
  const ledger = await openLedger(output);
  await ledger.append({ ...entries[0]!, decision: 'undone' });
  await ledger.close();
  expect((await statsOf([output], null)).figures.total).toMatchObject({ falseCalls: 2, settled: 4 });
});
