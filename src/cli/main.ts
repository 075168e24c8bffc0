#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { EXIT } from './exitStatus.js';
import { run } from './run.js';

let undelivered: string | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that goes away (`boardiff … | head`) is no failure of ours: the verdict still is the exit status. A disk
  // that is full is one, or what was found would be lost behind a status that says all went well.
  if (error.code !== 'EPIPE') undelivered ??= error.message;
});
// Messages that nobody can be told change nothing.
process.stderr.on('error', () => {});
process.on('exit', () => {
  if (undelivered === undefined) return;
  process.exitCode = EXIT.failed;
  try {
    writeSync(2, `boardiff: standard output: expected to write results, but that failed: ${undelivered}\n`);
  } catch {
    // Nobody is left to tell.
  }
});

process.exitCode = await run(process.argv.slice(2));
