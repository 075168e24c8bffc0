import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { messageOf, UserError } from '../errors.js';
import { globPattern } from './globPattern.js';

const text = z.string().min(1).max(1000);

const ruleSchema = z
  .strictObject({
    glob: text.optional().describe('Fits the end of a path, from the start of a folder or file name'),
    pattern: text.optional().describe('Regular expression, looked for anywhere in a path'),
    reference: text.describe('Reference folder or golden photo, from the folder of the rule file'),
    variant: text.optional().describe('Fitting to compare with'),
  })
  .superRefine((rule, context) => {
    const { glob, pattern, reference, variant = '' } = rule;
    const tell = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if ((glob === undefined) === (pattern === undefined)) {
      return tell([], 'expected either "glob" or "pattern"');
    }
    let fits: RegExp;
    try {
      fits = patternOf(rule);
    } catch (error) {
      const [where, what] = glob === undefined ? ['pattern', 'a regular expression'] : ['glob', 'a glob'];
      return tell([where!], `expected ${what}, got "${glob ?? pattern}": ${messageOf(error)}`);
    }
    const groups = new RegExp(`${fits.source}|`, 'u').exec('')!;
    for (const [key, value] of Object.entries({ reference, variant })) {
      for (const [whole, name, number] of value.matchAll(CAPTURE)) {
        const there = name === undefined ? Number(number) < groups.length : name in (groups.groups ?? {});
        if (!there) tell([key], `expected captures of the pattern, got ${whole}`);
      }
    }
  });

const fileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  rules: z.array(ruleSchema).min(1).max(10_000),
});

/** What a capture group found is put in the place of `$<name>` or `$1`. */
const CAPTURE = /\$(?:<(\w+)>|(\d+))/g;

/** What a rule says of a path. */
export interface RuleMatch {
  /** Number of the rule in the file, from 1. */
  rule: number;
  /** Absolute. */
  reference: string;
  variant: string | null;
}

/** The rules of a file: `match` gives what the first that fits says, null where none does. */
export interface Rules {
  match: (path: string) => RuleMatch | null;
}

/**
 * Reads a rule file.
 * @throws UserError with a line for each thing that is wrong with it
 */
export async function readRules(path: string): Promise<Rules> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(
      `${path}: expected a rule file, got ${missing ? 'nothing: no such file' : `something else: ${messageOf(error)}`}`,
      HINT,
    );
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    const [first, ...more] = parsed.error.issues.map(
      ({ path: at, message }) => `${path}: at ${at.join('.') || 'the top'}: ${message}`,
    );
    throw new UserError(first!, HINT, more);
  }
  const folder = dirname(path);
  const rules = parsed.data.rules.map((rule) => ({ ...rule, fits: patternOf(rule) }));
  return {
    match(photo) {
      const slashed = process.platform === 'win32' ? photo.replaceAll('\\', '/') : photo;
      for (const [k, { fits, reference, variant }] of rules.entries()) {
        const found = fits.exec(slashed);
        if (!found) continue;
        const rule = k + 1;
        return {
          rule,
          reference: resolve(folder, filled(reference, found, rule, photo)),
          variant: variant === undefined ? null : filled(variant, found, rule, photo),
        };
      }
      return null;
    },
  };
}

const HINT = 'docs/batch.md says what a rule file holds.';

function patternOf({ glob, pattern }: z.infer<typeof ruleSchema>): RegExp {
  return glob === undefined ? new RegExp(pattern!, 'u') : globPattern(glob);
}

/** Captures stand for one name: a file name must not lead out of the folder of references. */
function filled(template: string, found: RegExpExecArray, rule: number, photo: string): string {
  return template.replace(CAPTURE, (whole, name: string | undefined, number: string | undefined) => {
    const value = (name === undefined ? found[Number(number)] : found.groups?.[name]) ?? '';
    if (value === '' || /[/\\]|^\.\.?$/.test(value)) {
      throw new UserError(
        `${photo}: expected ${whole} of rule ${rule} to be a name, got "${value}"`,
        'Make the pattern of the rule stricter.',
      );
    }
    return value;
  });
}
