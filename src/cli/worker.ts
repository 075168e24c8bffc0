import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { ScanSettings } from '../scanIdentity.js';
import { positiveInteger } from './options.js';
import type { Context } from './run.js';
import { stopOnSignals } from './stopOnSignals.js';

interface WorkerOptions {
  queue: string;
  workers?: number;
  quiet?: boolean;
}

/** `boardiff worker --queue URL`: takes photos that scans on other machines put on a queue. */
export function addWorker(program: Command, context: Context): void {
  program
    .command('worker')
    .description('inspect photos for scans on other machines, until Ctrl-C')
    .requiredOption('--queue <url>', 'Redis server that the scans use, like redis://host:6379')
    .option(
      '-w, --workers <n>',
      'processes beside each other, about 1 GB of memory each (default: as many as cores)',
      positiveInteger,
    )
    .option('-q, --quiet', 'no progress')
    .action(async ({ queue, workers = availableParallelism(), quiet }: WorkerOptions) => {
      const [{ placeOf, takeJobs }, { scanIdentity }, { showControls }] = await Promise.all([
        import('../batch/queue/index.js'),
        import('../scanIdentity.js'),
        import('../report/escape.js'),
      ]);
      const say = (message: string) => quiet || context.err(message);
      const { stop, now, off } = stopOnSignals(() => {
        say('\nFinishing the photos that are being inspected. Ctrl-C again stops at once.\n');
      });
      const known = new Map<string, Promise<string>>();
      say(`Taking photos from the queue at ${placeOf(queue)}.\n`);
      try {
        await takeJobs(queue, {
          script: fileURLToPath(new URL('./scanWorker.js', import.meta.url)),
          workers,
          fingerprintOf(options) {
            const key = JSON.stringify(options);
            const fingerprint = known.get(key) ?? scanIdentity(options as ScanSettings);
            known.set(key, fingerprint);
            return fingerprint;
          },
          onDone: (path, status, ms) =>
            say(`${status} ${showControls(path)} (${(ms / 1000).toFixed(1)} s)\n`),
          stop: stop.signal,
          now: now.signal,
        });
      } finally {
        off();
      }
    });
}
