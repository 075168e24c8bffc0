import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { renderIndex } from '../../../src/report/batch/index.js';
import { recurring } from '../../../src/report/batch/recurring.js';
import { fakeFinding } from '../fakeInspection.js';
import { fakeReport } from './fakeReport.js';

const report = fakeReport();
const html = renderIndex(report);
const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)![1]!);
const withoutScripts = html.replace(/<script[^>]*>.*?<\/script>/gs, '').replace(/<style>.*?<\/style>/s, '');

it('lists what differs first, worst first, then what failed, was not judged, matches', () => {
  const statuses: string[] = data.rows.map(([, status]: [string, number]) => data.statuses[status].word);
  expect([...new Set(statuses)]).toEqual(['DIFFERS', 'FAILED', 'NOT JUDGED', 'MATCHES']);
  const paths = data.rows.map(([path]: [string]) => path);
  expect(paths[0]).toBe('in/bad.jpg');
  expect(paths).toHaveLength(report.photos.length);
  expect(html).toContain(report.notice);
});

it('tells reasons with advice, most frequent first', () => {
  const refused = data.reasons.find(({ reason }: { reason: string }) => reason.startsWith('only 9 points'));
  expect(refused).toMatchObject({ photos: 2, hint: expect.stringContaining('Take the photo again') });
});

it('holds a list for browsers without scripts, with links, and no markup of a name', () => {
  const folders = report.photos.flatMap(({ folder, status }) => (status === 'differs' && folder) || []);
  for (const folder of folders) {
    expect(withoutScripts).toContain(
      `href="${folder.split('/').map(encodeURIComponent).join('/')}/report.html"`,
    );
  }
  expect(withoutScripts).not.toMatch(/<script|<i>|<b>[^<]|https?:/);
  // Its tags close, but for those that HTML leaves open.
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser
    .write(
      withoutScripts
        .replace(/^<!doctype html>/, '')
        .replace(/<(meta|link|img|input)([^>]*)>/g, '<$1$2/>')
        .replace(/ hidden>/g, ' hidden="">'),
    )
    .close();
});

it('lets a name end neither the data nor the script', () => {
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(JSON.stringify(data.rows)).toContain('<script>alert(1)</script>');
  expect(JSON.stringify(data.rows)).not.toContain('\u202e');
});

it('says so when there is nothing', () => {
  const empty = { ...report, photos: [], counts: { ...report.counts, photos: 0, differs: 0 } };
  expect(renderIndex(empty)).toContain('0 photos');
});

it('finds what recurs at a site, or beside all sites in one place, of one reference', () => {
  const row = (folder: string, reference: string, x: number, site: string | null) => ({
    ...report.photos[0]!,
    folder,
    reference,
    findings: [fakeFinding('F1', { x, y: 10, width: 20, height: 20 }, { site, score: x / 1000 })],
  });
  const groups = recurring([
    row('a', 'one', 10, null),
    row('b', 'one', 14, null),
    row('c', 'other', 12, null),
    row('d', 'one', 60, null),
    row('e', 'one', 300, 'R1'),
    row('f', 'one', 900, 'R1'),
    row('g', 'other', 900, 'R1'),
  ]);
  expect(groups.map(({ site, photos, reference, score }) => ({ site, photos, reference, score }))).toEqual([
    { site: 'R1', photos: 2, reference: 'one', score: 0.9 },
    { site: null, photos: 2, reference: 'one', score: 0.014 },
  ]);
});
