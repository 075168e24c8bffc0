import { appendFileSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { listPhotos, readList, watchPhotos } from '../../src/batch/index.js';
import { fill, freshFolder } from './folders.js';

it('lists folders with all below them in order, without hidden and result folders', async () => {
  const root = freshFolder();
  fill(root, {
    'b/2.JPG': '',
    'b/10.jpg': '',
    'b/notes.txt': '',
    'a.heic': '',
    '.hidden.jpg': '',
    '.trash/x.jpg': '',
    'old/journal.jsonl': '',
    'old/photos/x.jpg': '',
    'one/inspection.json': '',
    'one/picture.jpg': '',
    'out/photos/y.jpg': '',
  });
  symlinkSync(root, join(root, 'b', 'circle'));
  symlinkSync(join(root, 'a.heic'), join(root, 'link.png'));
  const { paths, skipped } = await listPhotos([root], join(root, 'out'));
  expect(paths.map((path) => path.slice(root.length + 1))).toEqual([
    'a.heic',
    'b/10.jpg',
    'b/2.JPG',
    'link.png',
  ]);
  expect(skipped.map((path) => path.slice(root.length + 1))).toEqual(['old', 'one']);
});

it('expands globs, but takes a path that exists for what it is', async () => {
  const root = freshFolder();
  fill(root, { 'x/1.jpg': '', 'x/y/2.jpg': '', 'x/y/3.txt': '', '[a]*.jpg': '', 'a.jpg': '' });
  fill(root, { 'x/r/inspection.json': '', 'x/r/picture.jpg': '', 'x/r/crops/F1.jpg': '' });
  const list = async (path: string) =>
    (await listPhotos([`${root}/${path}`], join(root, 'out'))).paths.map((p) => p.slice(root.length + 1));
  expect(await list('x/**')).toEqual(['x/1.jpg', 'x/y/2.jpg']);
  expect(await list('x/{1,2}.jpg')).toEqual(['x/1.jpg']);
  expect(await list('[a]*.jpg')).toEqual(['[a]*.jpg']);
  await expect(list('absent.jpg')).rejects.toThrow(/got nothing/);
  await expect(list('absent/*.jpg')).rejects.toThrow(/got nothing/);
});

it('reads lists by line or by NUL', () => {
  expect(readList('a b.jpg\r\n-x.jpg\n\n', false)).toEqual(['a b.jpg', '-x.jpg']);
  expect(readList('line\nbreak.jpg\0b.jpg\0', true)).toEqual(['line\nbreak.jpg', 'b.jpg']);
});

it('watches folders and waits until a file is whole', async () => {
  const root = freshFolder();
  fill(root, { 'there.jpg': 'x', '.hidden.jpg': 'x', 'notes.txt': 'x', 'out/photos/z.jpg': 'x' });
  const stop = new AbortController();
  const arrived: { name: string; at: number }[] = [];
  const watching = (async () => {
    for await (const path of watchPhotos([root], join(root, 'out'), 400, stop.signal)) {
      arrived.push({ name: path.slice(root.length + 1), at: Date.now() });
    }
  })();
  await sleep(300);
  mkdirSync(join(root, 'new'));
  const growing = join(root, 'new', 'grows.jpg');
  writeFileSync(growing, 'a');
  for (let k = 0; k < 8; k++) {
    await sleep(150);
    appendFileSync(growing, 'a');
  }
  const whole = Date.now();
  writeFileSync(join(root, 'copy.part'), 'x');
  renameSync(join(root, 'copy.part'), join(root, 'renamed.jpg'));
  for (let k = 0; k < 50 && arrived.length < 3; k++) await sleep(100);
  stop.abort();
  await watching;
  expect(arrived.map(({ name }) => name).sort()).toEqual(['new/grows.jpg', 'renamed.jpg', 'there.jpg']);
  expect(arrived.find(({ name }) => name === 'new/grows.jpg')!.at).toBeGreaterThanOrEqual(whole + 200);
});
