import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseJunit } from 'junit2json';
import { marked } from 'marked';
import type { Log } from 'sarif';
import { expect, it } from 'vitest';
import { FORMAT_NAMES } from '../../../src/cli/batchFormats.js';
import { BATCH_FORMATS, renderSummary } from '../../../src/report/batch/index.js';
import { fakeReport, NASTY } from './fakeReport.js';

const report = fakeReport();
const render = (format: string) => BATCH_FORMATS[format]!(report);
const { counts } = report;
/** What UTF-8 makes of half a character. */
const inUtf8 = (path: string) => path.replace(/\p{Cs}/gu, '\ufffd');

it('has a reporter for each format of the command line', () => {
  expect(Object.keys(BATCH_FORMATS)).toEqual([...FORMAT_NAMES]);
  expect(counts.photos).toBe(7 + 3 * NASTY.length);
  expect(counts.matches + counts.differs + counts['not-judged'] + counts.failed).toBe(counts.photos);
});

it('json and jsonl hold the rows as they are', () => {
  const wellFormed = JSON.parse(JSON.stringify(report));
  expect(JSON.parse(render('json'))).toEqual(wellFormed);
  const lines = render('jsonl').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(wellFormed.photos);
});

it('csv is read by csv-parse, and no cell starts a formula', () => {
  const rows: Record<string, string>[] = parseCsv(render('csv'), { columns: true, record_delimiter: '\r\n' });
  expect(rows).toHaveLength(counts.photos);
  const [bad] = rows.filter(({ path }) => path === 'in/bad.jpg');
  expect(bad).toMatchObject({ status: 'differs', findings: '6', strongest_kind: 'unexpected-part' });
  expect(rows.map(({ path }) => path!.replace(/^\.\//, ''))).toEqual(
    report.photos.map(({ path }) => inUtf8(path)),
  );
  for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
});

it('junit is read by junit2json: differing photos fail, those without a verdict are errors', async () => {
  const suites = await parseJunit(render('junit'));
  if (!suites || !('testsuite' in suites)) throw new Error('expected test suites');
  const suite = suites.testsuite![0]!;
  expect(suite).toMatchObject({
    tests: counts.photos,
    failures: counts.differs,
    errors: counts.failed + counts['not-judged'],
  });
  const cases = suite.testcase!;
  expect(cases).toHaveLength(counts.photos);
  expect(cases.filter(({ failure }) => failure)).toHaveLength(counts.differs);
  expect(cases.filter(({ error }) => error)).toHaveLength(counts.failed + counts['not-judged']);
  expect(cases.map(({ name }) => name)).toContain(NASTY[0]);
});

it('sarif has a result for each finding, and URIs that lead back to the names', () => {
  const { runs }: Log = JSON.parse(render('sarif'));
  const { results, artifacts, tool, invocations } = runs[0]!;
  expect(results).toHaveLength(report.photos.reduce((sum, { findings }) => sum + findings.length, 0));
  expect(invocations![0]!.toolExecutionNotifications).toHaveLength(counts.failed + counts['not-judged']);
  for (const result of results!) {
    expect(tool.driver.rules![result.ruleIndex!]!.id).toBe(result.ruleId);
    const { uri, index } = result.locations![0]!.physicalLocation!.artifactLocation!;
    expect(artifacts![index!]!.location!.uri).toBe(uri);
  }
  for (const [k, { location }] of artifacts!.entries()) {
    const { pathname } = new URL(location!.uri!, 'file:///base/');
    expect(decodeURIComponent(pathname.slice('/base/'.length))).toBe(inUtf8(report.photos[k]!.path));
  }
});

it("sarif holds to the format's own schema", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat('uri', (uri: string) => URL.canParse(uri));
  ajv.addFormat('uri-reference', (uri: string) => /^([\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/i.test(uri));
  ajv.addFormat('uuid', true);
  ajv.addFormat('date-time', (time: string) => !Number.isNaN(Date.parse(time)));
  const schema = readFileSync('test/fixtures/schemas/sarif-2.1.0.json', 'utf8');
  const validate = ajv.compile(JSON.parse(schema));
  const log = JSON.parse(render('sarif'));
  expect(validate(log) || validate.errors).toBe(true);
  // It does refuse what is wrong.
  log.runs[0].results[0].rank = 101;
  log.runs[0].results[0].severity = 'high';
  log.runs[0].artifacts[0].location.uri = 'with space.jpg';
  expect(validate(log)).toBe(false);
  expect(validate.errors!.map(({ keyword }) => keyword)).toEqual(
    expect.arrayContaining(['additionalProperties', 'format', 'maximum']),
  );
});

it('markdown is read by marked as tables and lists without any HTML of a name', () => {
  const html = marked.parse(render('markdown'), { async: false });
  expect(html).not.toMatch(/<script|<b>|<em>|<img/);
  const links = [...html.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => decodeURIComponent(href!));
  expect(links).toEqual(expect.arrayContaining(['photos/0123456789abcdef-in_bad_jpg/report.html']));
  expect(links).toHaveLength(2 + NASTY.length);
  expect(html.match(/<tr>/g)).toHaveLength(1 + 2 + NASTY.length);
  expect(html.match(/<li>/g)).toHaveLength(counts.failed + counts['not-judged']);
});

it('coco holds all findings with a place, and pycocotools reads it where it is installed', (context) => {
  const text = render('coco');
  const coco = JSON.parse(text);
  const placed = report.photos.flatMap(({ findings }) => findings.filter(({ box }) => box));
  expect(coco.annotations).toHaveLength(placed.length);
  expect(coco.images).toHaveLength(counts.photos - counts.failed);
  const file = join(mkdtempSync(join(tmpdir(), 'boardiff-coco-')), 'coco.json');
  writeFileSync(file, text);
  const code = [
    'import sys, json',
    'from pycocotools.coco import COCO',
    'c = COCO(sys.argv[1])',
    'anns = c.loadAnns(c.getAnnIds(catIds=c.getCatIds(catNms=["unexpected-part"])))',
    'print("counts", len(c.getImgIds()), len(c.getAnnIds()), len(anns), len(c.loadImgs(c.getImgIds())))',
  ].join('\n');
  const { status, stdout } = spawnSync('python3', ['-c', code, file], { encoding: 'utf8' });
  if (status !== 0) context.skip('pycocotools is not installed');
  const unexpected = placed.filter(({ kind }) => kind === 'unexpected-part').length;
  expect(stdout).toContain(
    `counts ${coco.images.length} ${placed.length} ${unexpected} ${coco.images.length}`,
  );
});

it('sums up for a terminal, worst first, without control characters of a name', () => {
  const text = renderSummary(report, { color: false, width: 80 });
  expect(text).toMatch(/28 photos: 9 differing, 8 matching, 2 not judged, 9 failed\./);
  expect(text.indexOf('in/bad.jpg')).toBeLessThan(text.indexOf('in/weak.jpg'));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});
