import type { Command } from 'commander';
import { showControls } from '../report/escape.js';
import { plainJson } from '../report/plainJson.js';
import { EXIT } from './exitStatus.js';
import type { Context } from './run.js';

/** `boardiff reference check REF`: exit status 0, or 1 when something is wrong. */
export function addReferenceCheck(reference: Command, context: Context): void {
  reference
    .command('check')
    .description('say what is wrong or doubtful in a reference folder; exit status 1 when something is wrong')
    .argument('<ref>', 'reference folder')
    .option('-m, --model <file>', 'another part detector, to tell whether the kept parts are of it')
    .option('--json', 'one JSON document')
    .action(async (ref: string, { json, model }: { json?: boolean; model?: string }) => {
      const [{ checkReference }, { builtInModel }] = await Promise.all([
        import('../layout/check.js'),
        import('../detect/index.js'),
      ]);
      const problems = await checkReference(ref, model ?? builtInModel());
      const errors = problems.filter(({ severity }) => severity === 'error').length;
      if (json) context.out(`${plainJson({ reference: ref, problems }, 2)}\n`);
      else {
        const lines = problems.map(({ severity, where, message }) =>
          showControls(`  ${severity.padEnd(8)} ${where}: ${message}`),
        );
        context.out(`${[`errors: ${errors}, warnings: ${problems.length - errors}`, ...lines].join('\n')}\n`);
      }
      context.exit(errors > 0 ? EXIT.differs : EXIT.matches);
    });
}
