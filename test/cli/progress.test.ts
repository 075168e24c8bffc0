import { expect, it } from 'vitest';
import type { Entry } from '../../src/batch/index.js';
import { Progress } from '../../src/cli/progress.js';

const entry: Entry = {
  version: 1,
  key: null,
  asked: null,
  path: 'in/\u001b[2Ja.jpg',
  file: '/in/a.jpg',
  sha256: null,
  status: 'differs',
  reason: null,
  hint: null,
  again: false,
  folder: null,
  ms: 1234,
  at: '',
};

function told(total: number | null, columns: number | null): string {
  let text = '';
  const progress = new Progress((more) => (text += more), total, columns);
  progress.add(entry, false);
  progress.add(entry, true);
  progress.end();
  return text;
}

it('is a line a photo without a terminal, of what is new', () => {
  expect(told(2, null)).toBe('2/2 differs in/␛[2Ja.jpg (1.2 s)\n1 of 2 were done before.\n');
  expect(told(null, null)).toMatch(/^2 differs/);
});

it('is one line that changes on a terminal, no wider than it', () => {
  const [, ...pictures] = told(2, 200).split('\r\u001b[K');
  expect(pictures.at(-2)).toMatch(
    /^2 of 2 done, 2 differing, 0 not judged, 0 failed, [\d.]+ a minute, 0 s left$/,
  );
  for (const picture of told(2, 40).split('\r\u001b[K').slice(0, -1)) expect(picture.length).toBeLessThan(40);
});
