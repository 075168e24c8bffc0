import type { Command } from 'commander';
import { addFormats, type FormatOptions, giveReport } from './batchFormats.js';
import { batchStatus, statusesOfBoards } from './batchStatus.js';
import { expectScan } from './review.js';
import type { Context } from './run.js';

/** `boardiff report DIR`: everything again from what a scan saved, nothing judged again. */
export function addReport(program: Command, context: Context): void {
  const command = program
    .command('report')
    .description('render the results of a scan again from what it saved')
    .argument('<dir>', 'folder that a scan wrote')
    .option('--list-only', "leave the photos' own reports as they are");
  addFormats(command).action(async (output: string, options: FormatOptions & { listOnly?: boolean }) => {
    await expectScan(output);
    const [{ readBatchReport, writeLists }, { readScanRecord }] = await Promise.all([
      import('../batchResults.js'),
      import('../scanRecord.js'),
    ]);
    const record = await readScanRecord(output);
    if (!options.listOnly) {
      const { rerender } = await import('../rerender.js');
      const { made, kept } = await rerender(output, record);
      context.err(
        `Reports made again from the photos: ${made}.${kept > 0 ? ` Left as they were, since photo or reference is gone or changed: ${kept}.` : ''}\n`,
      );
    }
    const report = await readBatchReport(output, record.group);
    await writeLists(output, report);
    await giveReport(report, options, context);
    const byPath = new Map(report.photos.map(({ path, status }) => [path, status]));
    context.exit(batchStatus(report.boards ? statusesOfBoards(report.boards, byPath) : byPath.values()));
  });
}
