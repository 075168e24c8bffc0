import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { UserError } from '../errors.js';
import type { Context } from './run.js';

/** `boardiff reference edit REF`: change a layout in the browser. */
export function addReferenceEdit(reference: Command, context: Context): void {
  reference
    .command('edit')
    .description('change the layout of a reference in the browser, on this machine alone')
    .argument('<ref>', 'reference folder')
    .option('--no-open', 'print the address and open no browser')
    .action(async (ref: string, { open }: { open: boolean }) => {
      const info = await stat(ref).catch(() => null);
      if (info?.isFile()) {
        throw new UserError(
          `${ref}: expected a reference folder, got a file`,
          'Make a reference of it first: boardiff reference create GOLDEN.jpg -o DIR',
        );
      }
      const [{ serveEditor }, { openBrowser, untilStopped }] = await Promise.all([
        import('../editor/index.js'),
        import('../loopback/index.js'),
      ]);
      const editor = await serveEditor(ref);
      context.out(`${editor.url}\n`);
      context.err(
        'Open the address above in a browser on this machine. Stop with Ctrl-C or with the page’s Stop button.\n',
      );
      if (open && process.stdout.isTTY) openBrowser(editor.url);
      await untilStopped(editor);
      context.err('Stopped.\n');
    });
}
