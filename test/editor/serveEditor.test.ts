import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, serveEditor } from '../../src/editor/index.js';
import { readReferenceFolder } from '../../src/layout/index.js';
import { type Answer, type Asked, rawRequest } from '../rawRequest.js';
import { fakeReference } from './fakeReference.js';

let folder: string;
let editor: Editor;
let base: URL;
let token: string;

beforeEach(async () => {
  folder = await fakeReference();
  editor = await serveEditor(folder);
  base = new URL(editor.url);
  token = base.pathname.slice(1, -1);
});
afterEach(async () => {
  editor.stop();
  await editor.stopped;
});

const ask = (...args: Asked) => rawRequest(base, ...args);

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(path, 'POST', { origin: base.origin, 'content-type': 'application/json', ...headers }, body);
}

async function save(
  change: (file: { sites: unknown[] } & Record<string, unknown>) => object,
): Promise<Answer> {
  const { description, sha256 } = await readReferenceFolder(folder);
  return post(
    `/${token}/save`,
    JSON.stringify({ revision: sha256, description: change(structuredClone(description)) }),
  );
}

describe('who is let in', () => {
  it('listens on this machine alone and gives the page to who knows the token', async () => {
    expect(base.hostname).toBe('127.0.0.1');
    expect(token).toMatch(/^[\w-]{32}$/);
    const { status, headers, text } = await ask(`/${token}/`);
    expect(status).toBe(200);
    expect(text).toContain('green board');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; .*connect-src 'self'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });

  it.each([
    ['no token', () => '/'],
    ['another token', () => `/${'x'.repeat(32)}/`],
    ['part of the token', () => `/${token.slice(0, 31)}/`],
    ['the token in a query', () => `/?token=${token}`],
    ['a save without it', () => '/save'],
  ])('turns away %s', async (_, path) => {
    const { status, text } = await ask(path());
    expect(status).toBe(403);
    expect(text).not.toContain(token);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost:1'])(
    'turns away the host "%s", since a name can be pointed here',
    async (host) => {
      expect((await ask(`/${token}/`, 'GET', { host })).status).toBe(403);
    },
  );

  it.each(['http://evil.example', 'null', ''])('turns away a save from "%s"', async (origin) => {
    const before = readFileSync(join(folder, 'reference.json'), 'utf8');
    expect((await post(`/${token}/save`, '{}', { origin })).status).toBe(403);
    expect((await post(`/${token}/stop`, '{}', { origin })).status).toBe(403);
    expect(readFileSync(join(folder, 'reference.json'), 'utf8')).toBe(before);
  });

  it('takes JSON only, which other pages cannot send unasked', async () => {
    expect((await post(`/${token}/save`, '{}', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it.each([
    'reference.json',
    '../reference.json',
    '..%2freference.json',
    '%2e%2e/',
    './',
    'golden-1.jpg',
    '?x',
    'constructor',
    'save/',
    '%00',
  ])('has no file behind "%s"', async (path) => {
    const { status, text } = await ask(`/${token}/${path}`);
    expect([403, 404]).toContain(status);
    expect(text).not.toContain('schemaVersion');
  });

  it('takes no other method', async () => {
    expect((await ask(`/${token}/save`)).status).toBe(405);
    expect((await post(`/${token}/`, '')).status).toBe(405);
    expect((await ask(`/${token}/`, 'TRACE')).status).toBe(405);
  });
});

describe('saving', () => {
  it('writes what was edited, keeps what was before, and gives the new revision', async () => {
    const before = readFileSync(join(folder, 'reference.json'), 'utf8');
    const answer = await save((file) => ({ ...file, sites: file.sites.slice(1) }));
    expect(answer.status).toBe(200);
    const { description, sha256 } = await readReferenceFolder(folder);
    expect(JSON.parse(answer.text)).toEqual({ revision: sha256 });
    expect(description.sites.map(({ id }) => id)).toEqual(['U1']);
    expect(readFileSync(join(folder, 'reference.previous.json'), 'utf8')).toBe(before);
  });

  it('lets nothing but sites, regions and fittings be changed', async () => {
    const { description } = await readReferenceFolder(folder);
    expect((await save((file) => ({ ...file, name: 'other', golden: [] }))).status).toBe(200);
    expect((await readReferenceFolder(folder)).description).toEqual(description);
  });

  it('refuses when the folder changed meanwhile', async () => {
    const { description, sha256 } = await readReferenceFolder(folder);
    const changed = JSON.stringify({ ...description, name: 'changed by hand' });
    writeFileSync(join(folder, 'reference.json'), changed);
    const { status, text } = await post(
      `/${token}/save`,
      JSON.stringify({ revision: sha256, description: { ...description, sites: [] } }),
    );
    expect(status).toBe(409);
    expect(JSON.parse(text).error).toContain('changed by something else');
    expect(readFileSync(join(folder, 'reference.json'), 'utf8')).toBe(changed);
  });

  it('lets one of two saves at once win', async () => {
    const edit = (file: { sites: unknown[] }) => ({ ...file, sites: file.sites.slice(1) });
    const answers = await Promise.all([save(edit), save(edit)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it.each([
    ['no JSON', '{"revision":', 'Expected JSON'],
    ['no description', '{"revision":"a"}', 'at description'],
    ['nothing', '', 'Expected JSON'],
    ['null', 'null', 'at the top'],
  ])('says what is wrong with %s', async (_, body, words) => {
    const { status, text } = await post(`/${token}/save`, body);
    expect(status).toBe(400);
    expect(JSON.parse(text).error).toContain(words);
  });

  it('names the site that is wrong', async () => {
    const { status, text } = await save((file) => {
      (file.sites[1] as { box: { width: number } }).box.width = -5;
      return file;
    });
    expect(status).toBe(400);
    expect(JSON.parse(text).error).toMatch(/^Site U1, box\.width: .*\.$/);
  });

  it('takes no two sites of one name', async () => {
    const { status, text } = await save((file) => ({ ...file, sites: [...file.sites, file.sites[0]] }));
    expect(status).toBe(400);
    expect(JSON.parse(text).error).toContain('got "R1" twice');
  });

  it('takes no endless body', async () => {
    const { status } = await post(`/${token}/save`, '{}', { 'content-length': String(2 ** 40) }).catch(
      () => ({ status: 413 }),
    );
    expect(status).toBe(413);
  });
});

it('stops by its button', async () => {
  expect((await post(`/${token}/stop`, '{}')).status).toBe(200);
  await editor.stopped;
  await expect(ask(`/${token}/`)).rejects.toThrow();
});

it('serves a layout without a photo', async () => {
  const bare = await serveEditor(await fakeReference(false));
  const page = await (await fetch(bare.url)).text();
  expect(page).toContain('no photo was fitted to this layout yet');
  bare.stop();
  await bare.stopped;
});

it('fails on a folder that holds no reference', async () => {
  await expect(serveEditor(join(folder, '..'))).rejects.toThrow('expected a reference folder');
});
