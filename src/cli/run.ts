import { Command, CommanderError } from 'commander';
import { UserError } from '../errors.js';
import { showControls } from '../report/escape.js';
import { forTerminal } from '../report/terminal.js';
import { VERSION } from '../version.js';
import { addAdvise } from './advise.js';
import { addDetect } from './detect.js';
import { addDoctor } from './doctor.js';
import { EXIT } from './exitStatus.js';
import { addInspect } from './inspect.js';
import { addModel } from './model.js';
import { addReference } from './reference.js';
import { addReport } from './report.js';
import { addReview } from './review.js';
import { addScan } from './scan.js';
import { addSelftest } from './selftest.js';
import { addSign, addVerify } from './sign.js';
import { addStats } from './stats.js';
import { addWorker } from './worker.js';

/** What a command needs of the world, so that tests can stand in for it. */
export interface Context {
  /** Where results go, and where messages go. */
  out: (text: string) => void;
  err: (text: string) => void;
  /** Set by a command that ran to its end. */
  exit: (status: number) => void;
  color: boolean;
  /** Columns of the terminal. */
  width: number;
}

/**
 * Parses a command line, runs the command and says how it went.
 * @returns exit status: 0 matches, 1 differs, 2 failed, 3 not judged
 */
export async function run(args: readonly string[]): Promise<number> {
  let status: number = EXIT.matches;
  const context: Context = {
    // Piped, results arrive byte by byte; messages are for people wherever they go.
    out: (text) => process.stdout.write(process.stdout.isTTY ? forTerminal(text) : text),
    err: (text) => process.stderr.write(forTerminal(text)),
    exit: (value) => {
      status = value;
    },
    color: colorWanted(),
    width: process.stdout.columns ?? 100,
  };
  try {
    await program(context).parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.failed;
    if (error instanceof UserError) {
      for (const line of [error.message, ...error.also]) context.err(`boardiff: ${showControls(line)}\n`);
      if (error.hint) context.err(`  ${showControls(error.hint)}\n`);
      return EXIT.failed;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.err(`boardiff: something went wrong that should not have; please report it.\n${stack}\n`);
    return EXIT.failed;
  }
}

function program(context: Context): Command {
  const boardiff = new Command('boardiff')
    .description('A diff for circuit boards: compares a photo of a board with a known-good reference.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText(
      'after',
      '\nREF is a reference folder, or simply one golden photo.\n' +
        'Exit status: 0 matches, 1 differs, 2 the command failed, 3 not judged.\n' +
        'A visual comparison aid: it does not by itself verify hardware integrity.',
    );
  addInspect(boardiff, context);
  addScan(boardiff, context);
  addWorker(boardiff, context);
  addReference(boardiff, context);
  addAdvise(boardiff, context);
  addDetect(boardiff, context);
  addSelftest(boardiff, context);
  addReport(boardiff, context);
  addSign(boardiff, context);
  addVerify(boardiff, context);
  addReview(boardiff, context);
  addStats(boardiff, context);
  addModel(boardiff, context);
  addDoctor(boardiff, context);
  return boardiff;
}

/** Colour on a terminal, unless NO_COLOR (no-color.org) or CI say otherwise. */
function colorWanted(): boolean {
  return Boolean(process.stdout.isTTY) && !process.env['NO_COLOR'] && !process.env['CI'];
}
