import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { canonicalBytes } from '../../src/sign/statement.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-sign-'));
const key = join(folder, 'key.pem');
const results = join(folder, 'results');

function boardiff(...args: string[]) {
  return spawnSync(process.execPath, ['dist/cli/main.js', ...args], { encoding: 'utf8' });
}
const sign = (...more: string[]) => boardiff('sign', results, '--key', key, ...more);
const check = (...more: string[]) => boardiff('verify', results, '--key', `${key}.pub`, ...more);

boardiff('sign', '--new-key', key);

beforeEach(() => {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(join(results, 'photos', 'abc-x'), { recursive: true });
  mkdirSync(join(results, 'photos', 'empty'));
  writeFileSync(join(results, 'index.html'), '<p>1</p>');
  writeFileSync(join(results, 'journal.jsonl'), '{"one":1}\n');
  writeFileSync(join(results, 'photos', 'abc-x', 'inspection.json'), '{}');
  writeFileSync(join(results, 'photos', 'abc-x', 'ž "\n\x1b[31m.jpg'), 'x');
  writeFileSync(join(results, '.hidden'), 'x');
});

it('makes keys that only their owner may read, and never overwrites one', () => {
  expect(statSync(key).mode & 0o777).toBe(0o600);
  const before = readFileSync(key, 'utf8');
  const again = boardiff('sign', '--new-key', key);
  expect(again.status).toBe(2);
  expect(again.stderr).toMatch(/Keys are never overwritten/);
  const other = join(folder, 'other.pem');
  writeFileSync(`${other}.pub`, 'mine');
  expect(boardiff('sign', '--new-key', other).status).toBe(2);
  expect(readFileSync(`${other}.pub`, 'utf8')).toBe('mine');
  expect(statSync(other, { throwIfNoEntry: false })).toBeUndefined();
  expect(readFileSync(key, 'utf8')).toBe(before);
});

it('signs, and finds all as signed', () => {
  expect(sign()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^Signed 6 files: /) });
  expect(check()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/\nAs signed\.\n$/) });
  // Anyone can check it without this program.
  const { signature, ...statement } = JSON.parse(
    readFileSync(join(results, 'signatures', '0001.json'), 'utf8'),
  );
  const publicKey = createPublicKey(readFileSync(`${key}.pub`));
  expect(verify(null, canonicalBytes(statement), publicKey, Buffer.from(signature, 'base64'))).toBe(true);
});

it.each<[string, () => void, RegExp]>([
  ['a changed file', () => appendFileSync(join(results, '.hidden'), '!'), /\.hidden: changed\n/],
  [
    'a changed file with an odd name',
    () => writeFileSync(join(results, 'photos', 'abc-x', 'ž "\n\x1b[31m.jpg'), 'y'),
    /photos\/abc-x\/ž "␊␛\[31m\.jpg: changed\n/,
  ],
  ['a removed file', () => unlinkSync(join(results, 'index.html')), /index\.html: removed\n/],
  ['an added file', () => writeFileSync(join(results, 'a'), ''), /a: added\n/],
  [
    'a renamed file',
    () => renameSync(join(results, '.hidden'), join(results, 'z')),
    /\.hidden: removed, and 1 more/,
  ],
  [
    'a removed empty folder',
    () => rmSync(join(results, 'photos', 'empty'), { recursive: true }),
    /empty\/: removed/,
  ],
  ['an added empty folder', () => mkdirSync(join(results, 'b')), /b\/: added/],
  [
    'a file that became a link to the same content',
    () => {
      renameSync(join(results, 'index.html'), join(folder, 'moved.html'));
      symlinkSync(join(folder, 'moved.html'), join(results, 'index.html'));
    },
    /index\.html: changed\n/,
  ],
  [
    'a name that is no text',
    () => writeFileSync(Buffer.concat([Buffer.from(`${results}/`), Buffer.from([0x61, 0xff])]), ''),
    /aÿ: added\n/,
  ],
  ['a link to a folder', () => symlinkSync('/', join(results, 'root')), /root: added\n/],
])('names %s', (_, change, message) => {
  sign();
  change();
  const { status, stdout } = check();
  expect(status).toBe(1);
  expect(stdout).toMatch(message);
  expect(stdout).not.toContain('\x1b');
});

it('chains signatures: each names the one before, and one that is taken out is missed', () => {
  sign();
  writeFileSync(join(results, 'index.html'), '<p>2</p>');
  expect(check().status).toBe(1);
  sign();
  expect(check().stdout).toMatch(/^Signature 2 of/);
  const first = join(results, 'signatures', '0001.json');
  const text = readFileSync(first, 'utf8');
  writeFileSync(first, text.replace('"number": 1', '"number":  1'));
  expect(check()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/signatures\/0002\.json: changed, or the one before/),
  });
  // Damaged signatures are not gone on from.
  expect(sign()).toMatchObject({ status: 2, stderr: expect.stringMatching(/expected whole signatures/) });
  rmSync(first);
  expect(check()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/signatures\/0001\.json: removed/),
  });
  writeFileSync(first, text);
  expect(check().status).toBe(0);
});

it('tells a list that was changed together with the file, and another key', () => {
  sign();
  const path = join(results, 'signatures', '0001.json');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('"size": 8', '"size": 9'));
  expect(check()).toMatchObject({ status: 1, stdout: expect.stringMatching(/the signature does not hold/) });
  writeFileSync(path, '{}');
  expect(check()).toMatchObject({ status: 1, stdout: expect.stringMatching(/it is no signature/) });
  writeFileSync(path, text);
  const other = join(folder, 'stranger.pem');
  boardiff('sign', '--new-key', other);
  expect(boardiff('verify', results, '-k', `${other}.pub`)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/signed with another key/),
  });
});

it('lets further scans pass when asked to, but nothing that was signed', () => {
  sign();
  writeFileSync(join(results, 'index.html'), '<p>2</p>');
  appendFileSync(join(results, 'journal.jsonl'), '{"two":2}\n');
  cpSync(join(results, 'photos', 'abc-x'), join(results, 'photos', 'def-y'), { recursive: true });
  expect(check()).toMatchObject({ status: 1, stderr: expect.stringMatching(/--allow-growth/) });
  expect(check('--allow-growth')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/Not vouched for, from further scans: 4 files\nAs signed/),
  });
  writeFileSync(join(results, 'journal.jsonl'), '{"ONE":1}\n{"two":2}\n');
  expect(check('--allow-growth')).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/journal\.jsonl: changed/),
  });
});

it('does not sign links, pipes, nothing, a folder in use, or the key itself', () => {
  symlinkSync('index.html', join(results, 'photos', 'link'));
  expect(sign()).toMatchObject({ status: 2, stderr: expect.stringMatching(/photos\/link: expected files/) });
  rmSync(join(results, 'photos', 'link'));
  spawnSync('mkfifo', [join(results, 'pipe')]);
  expect(sign()).toMatchObject({ status: 2, stderr: expect.stringMatching(/pipe: expected files/) });
  rmSync(join(results, 'pipe'));
  const bytes = Buffer.concat([Buffer.from(`${results}/`), Buffer.from([0x61, 0xff])]);
  writeFileSync(bytes, '');
  expect(sign()).toMatchObject({ status: 2, stderr: expect.stringMatching(/got a name that is not UTF-8/) });
  rmSync(bytes);
  const inside = join(results, 'key.pem');
  writeFileSync(inside, readFileSync(key), { mode: 0o600 });
  expect(boardiff('sign', results, '-k', inside)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/one among the results/),
  });
  rmSync(inside);
  writeFileSync(join(results, 'scan.lock'), 'something else');
  expect(sign()).toMatchObject({ status: 2, stderr: expect.stringMatching(/scan\.lock/) });
  rmSync(join(results, 'scan.lock'));
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect(boardiff('sign', empty, '-k', key)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/got an empty folder/),
  });
  expect(sign().status).toBe(0);
});

it('says in one line what is wrong with keys and folders', () => {
  const rsa = join(folder, 'rsa.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(rsa, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const wrong: [string[], RegExp][] = [
    [['sign', results], /expected a folder and --key FILE/],
    [['sign', results, '-k', join(folder, 'absent')], /expected a private Ed25519 key/],
    [['sign', results, '-k', `${key}.pub`], /expected a private Ed25519 key/],
    [['sign', results, '-k', rsa], /got rsa/],
    [['sign', join(folder, 'absent'), '-k', key], /got no such folder/],
    [['verify', results, '-k', key], /name the \.pub file/],
    [['verify', results, '-k', `${key}.pub`], /got one without signatures/],
    [['verify', join(folder, 'absent'), '-k', `${key}.pub`], /got no such folder/],
  ];
  for (const [args, message] of wrong) {
    const { status, stderr } = boardiff(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
  const open = join(folder, 'open.pem');
  writeFileSync(open, readFileSync(key), { mode: 0o644 });
  expect(boardiff('sign', results, '-k', open)).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/others on this machine can read it/),
  });
});
