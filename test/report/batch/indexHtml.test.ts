import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { renderIndex } from '../../../src/report/batch/index.js';
import { fakeReport } from './fakeReport.js';

const report = fakeReport();
const html = renderIndex(report);

it('lists what differs first, worst first, then refusals by reason with advice, then matches', () => {
  const order = [
    'in/bad.jpg',
    'in/weak.jpg',
    '2 photos: only 9 points',
    'Take the photo again',
    'in/good.jpg',
  ];
  const places = order.map((text) => html.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(html).toContain(report.notice);
});

it('links to each report and holds no markup of a name', () => {
  const folders = report.photos.flatMap(({ folder }) => folder ?? []);
  for (const folder of folders) {
    expect(html).toContain(`href="${folder.split('/').map(encodeURIComponent).join('/')}/report.html"`);
  }
  expect(html).not.toMatch(/<script|<i>|<b>|https?:/);
  // Its tags close, but for those that HTML leaves open.
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(html.replace(/^<!doctype html>/, '').replace(/<(meta|img)([^>]*)>/g, '<$1$2/>')).close();
});

it('says so when there is nothing', () => {
  const empty = { ...report, photos: [], counts: { ...report.counts, photos: 0, differs: 0 } };
  expect(renderIndex(empty)).toContain('0 photos');
});
