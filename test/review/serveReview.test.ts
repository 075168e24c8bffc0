import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLedger } from '../../src/decisions/index.js';
import { type Review, serveReview } from '../../src/review/index.js';
import { type Answer, type Asked, rawRequest } from '../rawRequest.js';
import { addPhoto, fakeBatch, folderOf, PHOTOS } from './fakeBatch.js';

let output: string;
let review: Review;
let base: URL;

beforeEach(async () => {
  output = await fakeBatch(PHOTOS);
  review = await serveReview(output, { by: 'kim <k>' });
  base = new URL(review.url);
});
afterEach(async () => {
  review.stop();
  await review.stopped;
});

const ask = (...args: Asked) => rawRequest(base, ...args);

const [a, b, c] = PHOTOS.map(folderOf) as [string, string, string];
const pathOf = (folder: string, name = 'report.html') =>
  `${base.pathname}${folder.split('/').map(encodeURIComponent).join('/')}/${name}`;

function decide(body: object | string, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(
    `${base.pathname}api/decisions`,
    'POST',
    { origin: base.origin, 'content-type': 'application/json', 'x-boardiff-token': review.token, ...headers },
    typeof body === 'string' ? body : JSON.stringify(body),
  );
}

function blockOf(page: string) {
  return JSON.parse(/<script type="application\/json" id="review">(.*?)<\/script>/s.exec(page)![1]!);
}

describe('who is let in', () => {
  it('serves the sheet, reports and their files to who knows the token, on this machine alone', async () => {
    expect(base.hostname).toBe('127.0.0.1');
    const sheet = await ask(base.pathname);
    expect(sheet.status).toBe(200);
    expect(sheet.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(sheet.text).toContain('Reviewing as kim &lt;k&gt;');
    expect((await ask(pathOf(a))).status).toBe(200);
    expect((await ask(pathOf(a, 'thumbnail.jpg'))).headers['content-type']).toBe('image/jpeg');
    expect((await ask(pathOf(a, 'picture.jpg'))).status).toBe(404);
  });

  it.each([
    ['no token', () => '/'],
    ['another token', () => base.pathname.replace(/\w/, 'x').replace(/.\/$/, '_/')],
    ['a report without it', () => `/${a}/report.html`],
  ])('turns away %s', async (_, path) => {
    const { status, text } = await ask(path());
    expect(status).toBe(403);
    expect(text).not.toContain(review.token);
  });

  it('turns away other hosts, other pages, and decisions without the token', async () => {
    const body = { result: a, finding: 'F1', decision: 'real', note: null, box: null };
    expect((await ask(base.pathname, 'GET', { host: 'evil.example' })).status).toBe(403);
    expect((await decide(body, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await decide(body, { 'x-boardiff-token': 'no' })).status).toBe(403);
    expect((await decide(body, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await readLedger(output)).entries).toEqual([]);
  });

  it.each([
    '../journal.jsonl',
    'journal.jsonl',
    'decisions.jsonl',
    '%2e%2e/journal.jsonl',
    'photos/../journal.jsonl',
    'photos/x/report.html',
    'index.html',
    'constructor',
  ])('has no file behind "%s"', async (path) => {
    expect([403, 404]).toContain((await ask(`${base.pathname}${path}`)).status);
  });

  it.each(['../../journal.jsonl', '.part.jpg', 'crops/../../../journal.jsonl', '%2e%2e/x.jpg', 'a/b/c.jpg'])(
    'has no file "%s" in a result',
    async (name) => {
      expect([403, 404]).toContain((await ask(pathOf(a, name))).status);
    },
  );
});

describe('deciding', () => {
  it('writes at once what it answers, with all that outlives a rerun', async () => {
    const { status, text } = await decide({
      result: a,
      finding: 'F1',
      decision: 'false-call',
      note: ' glare ',
      box: null,
    });
    expect(status).toBe(200);
    const { entries } = await readLedger(output);
    expect(JSON.parse(text)).toEqual({ saved: entries[0] });
    expect(entries[0]).toMatchObject({
      by: 'kim <k>',
      decision: 'false-call',
      note: 'glare',
      result: a,
      photo: { path: 'lot-1/a.jpg' },
      reference: { name: 'larkspur-m1 top', sha256: 'ab'.repeat(32) },
      finding: { id: 'F1', site: 'U3', score: 0.95, referenceBox: { x: 100, y: 50, width: 40, height: 30 } },
    });
    expect(blockOf((await ask(pathOf(a))).text).decisions.F1).toMatchObject({
      decision: 'false-call',
      note: 'glare',
    });
  });

  it('tells a report its place in the list, and what is open', async () => {
    const page = (await ask(pathOf(a))).text;
    expect(blockOf(page)).toMatchObject({
      token: review.token,
      base: base.pathname,
      result: a,
      decisions: {},
    });
    expect(blockOf(page)).toMatchObject({ previous: null, next: pathOf(b), nextOpen: pathOf(b) });
    await decide({ result: b, finding: 'F1', decision: 'real' });
    expect(blockOf((await ask(pathOf(a))).text)).toMatchObject({ next: pathOf(b), nextOpen: null });
    expect(blockOf((await ask(pathOf(c))).text)).toMatchObject({
      next: null,
      previous: pathOf(b),
      nextOpen: pathOf(a),
    });
    expect(/Content-Security-Policy" content="[^"]*connect-src 'self'"/.test(page)).toBe(true);
    expect(page.indexOf('id="review"')).toBeGreaterThan(0);
  });

  it('takes escapes with a place, and takes back', async () => {
    const box = { x: 10, y: 20, width: 30, height: 30 };
    expect((await decide({ result: c, finding: null, decision: 'escape', box })).status).toBe(200);
    await decide({ result: c, finding: null, decision: 'escape', box });
    expect(blockOf((await ask(pathOf(c))).text).escapes).toMatchObject([{ box, by: 'kim <k>' }]);
    expect((await decide({ result: c, finding: null, decision: 'undone', box })).status).toBe(200);
    // Said again, since the answer was lost on the way.
    expect((await decide({ result: c, finding: null, decision: 'undone', box })).status).toBe(200);
    expect(blockOf((await ask(pathOf(c))).text).escapes).toEqual([]);
  });

  it.each([
    ['no JSON', '{"result', 400, 'Expected JSON'],
    ['no decision', '{"result":"x","finding":null}', 400, 'at decision'],
    ['another result', { result: 'photos/x', finding: 'F1', decision: 'real' }, 404, 'no result'],
    ['another finding', { result: a, finding: 'F9', decision: 'real' }, 404, 'no finding "F9"'],
    ['an escape at a finding', { result: a, finding: 'F1', decision: 'escape' }, 400, 'Expected no finding'],
    ['nothing that is real', { result: a, finding: null, decision: 'real' }, 400, 'only an escape'],
    ['a longer note', { result: a, finding: 'F1', decision: 'real', note: 'x'.repeat(5000) }, 400, 'at note'],
    [
      'more than there is',
      { result: a, finding: 'F1', decision: 'real', by: 'root' },
      400,
      'Unrecognized key',
    ],
  ])('says what is wrong with %s', async (_, body, status, words) => {
    const answer = await decide(body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text).error).toContain(words);
    expect((await readLedger(output)).entries).toEqual([]);
  });

  it('takes no endless body', async () => {
    const { status } = await decide('{}', { 'content-length': String(2 ** 40) }).catch(() => ({
      status: 413,
    }));
    expect(status).toBe(413);
  });

  it('keeps all of many decisions at once, each a line', async () => {
    const asked = Array.from({ length: 40 }, (_, k) =>
      decide({ result: a, finding: k % 2 ? 'F1' : 'F2', decision: 'unsure', note: `note ${k}` }),
    );
    for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
    const { entries, unreadable } = await readLedger(output);
    expect(unreadable).toBe(0);
    expect(new Set(entries.map(({ note }) => note)).size).toBe(40);
  });

  it('fails in words when the result is gone meanwhile', async () => {
    rmSync(join(output, a), { recursive: true });
    expect((await decide({ result: a, finding: 'F1', decision: 'real' })).status).toBe(404);
    expect((await ask(pathOf(a))).status).toBe(404);
  });
});

it('says on the page that stays what was decided, and carries it to a later run', async () => {
  await decide({ result: a, finding: 'F1', decision: 'false-call' });
  review.stop();
  await review.stopped;
  const page = readFileSync(join(output, 'index.html'), 'utf8');
  expect(page).toContain('1 false call');
  const rerun = { ...PHOTOS[0]!, run: '2', findings: [{ ...PHOTOS[0]!.findings[0]!, id: 'F1', score: 0.7 }] };
  await addPhoto(output, rerun);
  review = await serveReview(output, { by: 'lee' });
  base = new URL(review.url);
  const { decisions } = blockOf((await ask(pathOf(folderOf(rerun)))).text);
  expect(decisions.F1).toMatchObject({ decision: 'false-call', by: 'kim <k>', carried: true });
});
