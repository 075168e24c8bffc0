import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../errors.js';
import type { Context } from './run.js';

/** `boardiff review DIR`: look through the results of a scan in the browser, and decide. */
export function addReview(program: Command, context: Context): void {
  program
    .command('review')
    .description('look through the results of a scan in the browser, on this machine alone, and decide')
    .argument('<dir>', 'folder that a scan wrote')
    .option('--by <name>', 'who decides (default: the user who is logged in)')
    .option('--no-open', 'print the address and open no browser')
    .action(async (output: string, { by, open }: { by?: string; open: boolean }) => {
      await expectScan(output);
      const [{ serveReview }, { openBrowser, untilStopped }, { readLedger }, { passedOver }] =
        await Promise.all([
          import('../review/index.js'),
          import('../loopback/index.js'),
          import('../decisions/index.js'),
          import('../indexDecisions.js'),
        ]);
      const { unreadable } = await readLedger(output);
      if (unreadable > 0) context.err(`boardiff: ${passedOver(unreadable)}\n`);
      const review = await serveReview(output, { by: by?.trim() || login() });
      context.out(`${review.url}\n`);
      context.err('Open the address above in a browser on this machine. Stop with Ctrl-C.\n');
      if (open && process.stdout.isTTY) openBrowser(review.url);
      await untilStopped(review);
      context.err('Stopped.\n');
    });
}

/** @throws UserError when a folder holds no results of a scan */
export async function expectScan(output: string): Promise<void> {
  const { JOURNAL } = await import('../batch/index.js');
  if (await stat(join(output, JOURNAL)).catch(() => null)) return;
  throw new UserError(
    `${output}: expected a folder that a scan wrote, got none with a ${JOURNAL}`,
    'Make one with: boardiff scan PATH... --reference REF -o DIR',
  );
}

/** Name of the user, as far as the machine knows it. */
export function login(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] || 'unknown';
  }
}
