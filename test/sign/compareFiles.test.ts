import { expect, it } from 'vitest';
import { compareFiles, isGrowth } from '../../src/sign/compareFiles.js';
import { byPath, canonicalBytes, type SignedFile } from '../../src/sign/statement.js';

const file = (path: string, hash = 'a', size = 1): SignedFile => ({ path, sha256: hash.repeat(64), size });

it('orders paths by their bytes, not by the language or by halves of characters', () => {
  const paths = ['é', 'z', 'a/b', 'a.b', '\u{1f600}', '\uff5e', 'A'];
  expect(
    paths
      .map((path) => file(path))
      .sort(byPath)
      .map(({ path }) => path),
  ).toEqual(['A', 'a.b', 'a/b', 'z', 'é', '\uff5e', '\u{1f600}']);
});

it('tells changed, added and removed files, the first path first', () => {
  const signed = [file('b'), file('c'), file('d'), file('e')];
  const found = [file('a'), file('b'), file('c', 'b'), file('e', 'a', 2)];
  expect(compareFiles(signed, found)).toEqual([
    { path: 'a', kind: 'added' },
    { path: 'c', kind: 'changed' },
    { path: 'd', kind: 'removed' },
    { path: 'e', kind: 'changed' },
  ]);
});

it('knows names that objects have of their own', () => {
  expect(compareFiles([file('__proto__'), file('constructor')], [file('constructor')])).toEqual([
    { path: '__proto__', kind: 'removed' },
  ]);
});

it('lets pass what further scans do, and nothing else', () => {
  expect(isGrowth({ path: 'photos/1-x/picture.jpg', kind: 'added' }, false)).toBe(true);
  expect(isGrowth({ path: 'index.html', kind: 'changed' }, false)).toBe(true);
  expect(isGrowth({ path: 'journal.jsonl', kind: 'changed' }, true)).toBe(true);
  expect(isGrowth({ path: 'journal.jsonl', kind: 'changed' }, false)).toBe(false);
  expect(isGrowth({ path: 'index.html', kind: 'removed' }, true)).toBe(false);
  expect(isGrowth({ path: 'photos/1-x/picture.jpg', kind: 'changed' }, true)).toBe(false);
  expect(isGrowth({ path: 'other.html', kind: 'added' }, true)).toBe(false);
});

it('signs bytes in which no name can pass for another line, whatever the order of the list', () => {
  const statement = {
    signatureVersion: 1 as const,
    tool: { name: 'boardiff' as const, version: '1.2.3' },
    number: 2,
    previous: 'b'.repeat(64),
    signedAt: '2026-01-02T03:04:05.678Z',
    key: 'c'.repeat(64),
    files: [file('x\n0 1 "y"'), file('a')],
  };
  const bytes = canonicalBytes(statement).toString();
  expect(bytes).toBe(
    [
      'boardiff signature, version 1',
      'tool "1.2.3"',
      'number 2',
      `previous ${'b'.repeat(64)}`,
      'signed at "2026-01-02T03:04:05.678Z"',
      `key ${'c'.repeat(64)}`,
      'files 2',
      `${'a'.repeat(64)} 1 "a"`,
      `${'a'.repeat(64)} 1 "x\\n0 1 \\"y\\""`,
      '',
    ].join('\n'),
  );
  expect(canonicalBytes({ ...statement, files: [...statement.files].reverse() }).toString()).toBe(bytes);
});
