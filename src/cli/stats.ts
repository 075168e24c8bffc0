import { type Command, InvalidArgumentError, Option } from 'commander';
import { expectScan } from './review.js';
import type { Context } from './run.js';

interface StatsOptions {
  lot?: RegExp;
  format: 'table' | 'csv' | 'json';
  output?: string;
}

/** `boardiff stats DIR...`: false calls and escapes, from the decisions of reviews. */
export function addStats(program: Command, context: Context): void {
  program
    .command('stats')
    .description(
      'say how often findings were false calls and differences were missed, from what reviews decided',
    )
    .argument('<dir...>', 'folders that scans wrote')
    .option(
      '--lot <regex>',
      'also by lot: what this finds in a path, or its first group, such as "lot-([0-9]+)"',
      regularExpression,
    )
    .addOption(
      new Option('-f, --format <format>', 'of the figures')
        .choices(['table', 'csv', 'json'])
        .default('table'),
    )
    .option('-o, --output <file>', 'also write charts there, as SVG')
    .action(async (outputs: string[], { lot, format, output }: StatsOptions) => {
      for (const folder of outputs) await expectScan(folder);
      const [{ statsOf }, { renderStatsSvg, renderStatsTable, STATS_FORMATS }, { passedOver }] =
        await Promise.all([
          import('../statsOf.js'),
          import('../report/stats/index.js'),
          import('../indexDecisions.js'),
        ]);
      const { figures, unreadable } = await statsOf(outputs, lot ?? null);
      if (unreadable > 0) context.err(`boardiff: ${passedOver(unreadable)}\n`);
      if (output !== undefined) {
        const { writeAtomically } = await import('../files.js');
        await writeAtomically(output, renderStatsSvg(figures));
        context.err(`boardiff: charts written to ${output}\n`);
      }
      context.out(format === 'table' ? renderStatsTable(figures) : STATS_FORMATS[format]!(figures));
    });
}

function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    throw new InvalidArgumentError(`expected a regular expression: ${(error as Error).message}`);
  }
}
