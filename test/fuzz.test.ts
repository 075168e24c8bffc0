import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

// A few of each kind, always the same; npm run fuzz tries thousands.
it('takes or refuses damaged inputs of every kind, and nothing worse', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bench/fuzz.mjs', '--count', '40'], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const kinds = stdout.split('\n').filter((line) => /taken, \d+ refused, 0 problems/.test(line));
  expect(kinds).toHaveLength(12);
  expect(status, stdout).toBe(0);
});
