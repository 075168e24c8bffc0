import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { globPattern } from '../../src/choose/globPattern.js';
import { readRules } from '../../src/choose/index.js';
import type { UserError } from '../../src/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'boardiff-rules-'));

function write(content: unknown): string {
  const path = join(folder, 'rules.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function complaint(content: unknown): Promise<string> {
  const error: UserError = await readRules(write(content)).then(
    () => expect.fail('expected it to be refused'),
    (error) => error,
  );
  return [error.message, ...error.also, error.hint].join('\n');
}

it.each([
  ['*.jpg', 'in/a.jpg', true],
  ['*.jpg', 'a.png', false],
  ['line-2/*', 'in/line-2/a.jpg', true],
  ['line-2/*', 'in/line-2/deep/a.jpg', false],
  ['line-2/*', 'in/other-line-2/a.jpg', false],
  ['line-2/**', 'in/line-2/deep/a.jpg', true],
  ['line-2/**/a.jpg', 'line-2/a.jpg', true],
  ['{front,back}-?.jpg', 'back-1.jpg', true],
  ['{front,back}-?.jpg', 'back-12.jpg', false],
  ['[!a]b.jpg', 'ab.jpg', false],
  ['a+b (1).jpg', 'x/a+b (1).jpg', true],
])('glob %s on %s: %s', (glob, path, fits) => {
  expect(globPattern(glob).test(path)).toBe(fits);
});

it('takes the first rule that fits, and fills captures in', async () => {
  const { match } = await readRules(
    write({
      schemaVersion: 1,
      rules: [
        { glob: 'line-2/**', reference: 'refs/line-2', variant: 'lite' },
        {
          pattern: '(?<model>[A-Z]+\\d+)_(\\d+)_(front|back)',
          reference: 'refs/$<model>-$3',
          variant: 'v$2',
        },
        { pattern: '.', reference: '/abs/golden.jpg' },
      ],
    }),
  );
  expect(match('in/line-2/MB7_001_front.jpg')).toEqual({
    rule: 1,
    reference: join(folder, 'refs/line-2'),
    variant: 'lite',
  });
  expect(match('in/MB7_001_back.jpg')).toEqual({
    rule: 2,
    reference: join(folder, 'refs/MB7-back'),
    variant: 'v001',
  });
  expect(match('in/other.jpg')).toEqual({ rule: 3, reference: '/abs/golden.jpg', variant: null });
  const narrow = await readRules(write({ schemaVersion: 1, rules: [{ glob: 'x.jpg', reference: 'r' }] }));
  expect(narrow.match('y.jpg')).toBeNull();
});

it('lets no file name lead out of the folder of references', async () => {
  const { match } = await readRules(
    write({ schemaVersion: 1, rules: [{ pattern: '^(.*)\\.jpg$', reference: 'refs/$1' }] }),
  );
  expect(match('plain.jpg')!.reference).toBe(join(folder, 'refs/plain'));
  for (const path of ['../secret.jpg', '...jpg', '.jpg']) {
    expect(() => match(path)).toThrow(/expected \$1 of rule 1 to be a name, got/);
  }
});

it('tells each thing that is wrong in a line of its own', async () => {
  const text = await complaint({
    schemaVersion: 1,
    rules: [
      { glob: '*', pattern: '.', reference: 'a' },
      { pattern: '(', reference: 'a' },
      { pattern: '(?<model>.)', reference: '$<modell>', variant: '$2' },
      { glob: '*', refrence: 'a' },
    ],
  });
  expect(text).toMatch(/rules\.json: at rules\.0: expected either "glob" or "pattern"\n/);
  expect(text).toMatch(/at rules\.1\.pattern: expected a regular expression, got "\("/);
  expect(text).toMatch(/at rules\.2\.reference: expected captures of the pattern, got \$<modell>/);
  expect(text).toMatch(/at rules\.2\.variant: expected captures of the pattern, got \$2/);
  expect(text).toMatch(/at rules\.3/);
  expect(await complaint('{')).toMatch(/expected a rule file, got something else/);
  expect(await complaint({ schemaVersion: 2, rules: [] })).toMatch(/at schemaVersion/);
  await expect(readRules(join(folder, 'absent.json'))).rejects.toThrow(/no such file/);
});
