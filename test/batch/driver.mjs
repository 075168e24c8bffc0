// Runs a batch of stand-in inspections as a process of its own, so that tests can kill it: INPUT OUTPUT [WORKERS [MS]]
import { fileURLToPath } from 'node:url';
import { listPhotos, runBatch } from '../../dist/batch/index.js';

const [input, output, workers = '2', ms = '5'] = process.argv.slice(2);
const { paths } = await listPhotos([input], output);
try {
  await runBatch({
    output,
    paths,
    fingerprint: 'one',
    worker: {
      script: fileURLToPath(new URL('./standIn.mjs', import.meta.url)),
      options: {
        ms: Number(ms),
        log: process.env.STAND_IN_LOG,
        crops: Number(process.env.STAND_IN_CROPS ?? 1),
      },
    },
    workers: Number(workers),
    timeoutMs: 20_000,
    onEntry: ({ path }, fresh) => fresh && process.stdout.write(`${JSON.stringify(path)}\n`),
  });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
