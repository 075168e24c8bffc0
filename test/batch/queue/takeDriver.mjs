// A machine that takes photos, with stand-in inspections, as a process of its own: URL FINGERPRINT
import { fileURLToPath } from 'node:url';
import { takeJobs } from '../../../dist/batch/queue/index.js';

const [url, fingerprint] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGINT', () => stop.abort());
try {
  await takeJobs(url, {
    script: fileURLToPath(new URL('../standIn.mjs', import.meta.url)),
    workers: 2,
    fingerprintOf: async () => fingerprint,
    onDone: (path) => process.stdout.write(`${path}\n`),
    stop: stop.signal,
    now: new AbortController().signal,
  });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
