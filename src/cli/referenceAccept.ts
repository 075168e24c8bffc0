import { type Command, InvalidArgumentError } from 'commander';
import { UserError } from '../errors.js';
import { showControls } from '../report/escape.js';
import { positiveInteger } from './options.js';
import { expectScan, login } from './review.js';
import type { Context } from './run.js';

interface AcceptOptions {
  reference: string;
  reason: string;
  expires: string;
  boards?: number;
  by?: string;
}

/** `boardiff reference accept DIR RESULT FINDING`, or `accept DIR --boards N`: differences that are no findings for a time. */
export function addReferenceAccept(reference: Command, context: Context): void {
  reference
    .command('accept')
    .description('accept a difference for a time: the same one in the same place is then no finding')
    .argument('<dir>', 'folder that a scan wrote')
    .argument('[result]', 'folder of the result, as index.html links it')
    .argument('[finding]', 'its finding, such as F1')
    .requiredOption('-r, --reference <ref>', 'reference folder to note it in')
    .requiredOption('--reason <text>', 'why it is no fault')
    .requiredOption('--expires <date>', 'last day on which it is accepted, as YYYY-MM-DD', day)
    .option(
      '--boards <n>',
      'instead of one finding: all that reviews called false at one place on so many boards, 2 and more',
      positiveInteger,
    )
    .option('--by <name>', 'who accepts (default: the user who is logged in)')
    .action(
      async (
        output: string,
        result: string | undefined,
        finding: string | undefined,
        options: AcceptOptions,
      ) => {
        const { reference: folder, boards, expires } = options;
        const one = result !== undefined && finding !== undefined;
        if (one === (boards !== undefined) || (result !== undefined && !one)) {
          throw new UserError(
            'expected a result and one of its findings, or --boards',
            'boardiff reference accept DIR RESULT F1 …, or boardiff reference accept DIR --boards 3 …',
          );
        }
        if (boards !== undefined && boards < 2)
          throw new UserError(
            `--boards: expected 2 or more, got ${boards}`,
            'One board is accepted by its result and finding.',
          );
        const reason = options.reason.trim();
        if (reason === '') throw new UserError('--reason: expected a sentence, got nothing');
        await expectScan(output);
        const { acceptFinding, acceptFalseCalls } = await import('../acceptDifference.js');
        const acceptance = { reason, expires, by: options.by?.trim() || login() };
        const { tolerances, leftOut } =
          boards === undefined
            ? await acceptFinding(output, result!, finding!, folder, acceptance)
            : await acceptFalseCalls(output, boards, folder, acceptance);
        for (const { id, kind, site } of tolerances)
          context.out(
            showControls(
              `${id}: ${kind}${site === null ? '' : ` at ${site}`} is accepted until ${expires}`,
            ).concat('\n'),
          );
        for (const sentence of leftOut) context.err(`boardiff: ${showControls(sentence)}\n`);
        if (tolerances.length === 0) context.err('boardiff: nothing was accepted\n');
        else context.err('The reference has changed: the next scan with it inspects all photos again.\n');
      },
    );
}

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(date.getTime()) ||
    !date.toISOString().startsWith(text)
  )
    throw new InvalidArgumentError(`expected a day as YYYY-MM-DD, got "${text}"`);
  return text;
}
