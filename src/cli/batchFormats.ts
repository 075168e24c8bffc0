import { type Command, Option } from 'commander';
import { writeAtomically } from '../files.js';
import type { BatchReport } from '../report/batch/index.js';
import type { Context } from './run.js';

/** Formats by name; the command line must know them without loading them. A test holds them against the reporters. */
export const FORMAT_NAMES = ['json', 'jsonl', 'csv', 'junit', 'sarif', 'markdown', 'coco'] as const;

/** Options that {@link addFormats} adds, as commander names them. */
export type FormatOptions = { format?: string; json?: boolean } & Record<string, unknown>;

/** Adds --format, --json and --output-FORMAT to a command. */
export function addFormats(command: Command): Command {
  command
    .addOption(
      new Option('-f, --format <format>', 'print the list in this format, and nothing else').choices(
        FORMAT_NAMES,
      ),
    )
    .option('--json', 'the same as --format json');
  for (const name of FORMAT_NAMES)
    command.option(`--output-${name} <file>`, `also write the list as ${name}`);
  return command;
}

/** Writes the files that were asked for and prints the list. */
export async function giveReport(
  report: BatchReport,
  options: FormatOptions,
  context: Context,
): Promise<void> {
  const { BATCH_FORMATS, renderSummary } = await import('../report/batch/index.js');
  for (const name of FORMAT_NAMES) {
    const file = options[`output${name[0]!.toUpperCase()}${name.slice(1)}`];
    if (typeof file === 'string') await writeAtomically(file, BATCH_FORMATS[name]!(report));
  }
  const format = options.json ? 'json' : options.format;
  context.out(format ? BATCH_FORMATS[format]!(report) : renderSummary(report, context));
}
