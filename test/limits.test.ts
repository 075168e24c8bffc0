import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Rows of the table in docs/limits.md. */
const rows = readFileSync('docs/limits.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const found = /^\| [^|]+ \| ([\d.]+) \| `(\w+)` in (\S+) \| [^|]+ \|$/.exec(line);
    return found ? [{ value: Number(found[1]), name: found[2]!, file: found[3]! }] : [];
  });

it.each(rows)('$name is what docs/limits.md says', ({ value, name, file }) => {
  const [, written] = new RegExp(`const ${name} = ([\\d_ .*e+-]+);`).exec(readFileSync(file, 'utf8')) ?? [];
  expect(written).toBeDefined();
  // Products, powers and differences of numbers, such as 64 * 2 ** 20.
  expect(new Function(`return ${written}`)()).toBe(value);
});

it('lists every limit outside of the importers, pictures and the registration, whose bounds are no limits', () => {
  const listed = new Set(rows.map(({ name, file }) => `${name} in ${file}`));
  const unlisted = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/^(register|report|layout[/\\]importers)[/\\]/.test(path))
    .flatMap((path) => {
      const file = join('src', path);
      const names = [...readFileSync(file, 'utf8').matchAll(/^(?:export )?const (MAX_\w+) = /gm)];
      return names.map(([, name]) => `${name} in ${file}`);
    })
    .filter((limit) => !listed.has(limit));
  // How many surplus files `reference check` names: nothing that comes from outside is bounded by it.
  expect(unlisted).toEqual(['MAX_UNKNOWN in src/layout/check.ts']);
});
