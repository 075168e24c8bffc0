import type { Command } from 'commander';
import { showControls } from '../report/escape.js';
import { plainJson } from '../report/plainJson.js';
import { EXIT } from './exitStatus.js';
import type { Context } from './run.js';

/** `boardiff reference diff A B`: exit status 0 when nothing changed, 1 when something did. */
export function addReferenceDiff(reference: Command, context: Context): void {
  reference
    .command('diff')
    .description('say what changed from one reference to another; exit status 1 when something did')
    .argument('<a>', 'reference folder before')
    .argument('<b>', 'reference folder after')
    .option('--json', 'one JSON document')
    .action(async (a: string, b: string, { json }: { json?: boolean }) => {
      const [{ readReferenceFolder }, { diffReferences }] = await Promise.all([
        import('../layout/index.js'),
        import('../layout/diff.js'),
      ]);
      const [before, after] = await Promise.all([readReferenceFolder(a), readReferenceFolder(b)]);
      const changes = diffReferences(before.description, after.description);
      if (json) context.out(`${plainJson({ before: a, after: b, changes }, 2)}\n`);
      else {
        const lines = changes.map(({ message }) => `  ${showControls(message)}\n`);
        context.out(`changes: ${changes.length}\n${lines.join('')}`);
      }
      context.exit(changes.length > 0 ? EXIT.differs : EXIT.matches);
    });
}
