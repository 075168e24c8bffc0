// A worker that stands in for the real one: the photo's text says how it behaves. Knows nothing of boards.
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serveWorker, writeResult } from '../../dist/batch/index.js';
import { OutputError } from '../../dist/batch/writeResult.js';
import { UserError } from '../../dist/errors.js';

serveWorker(async ({ log, ms = 5, crops = 1, unusable = false }) => {
  if (unusable) throw new UserError('no such reference', 'Name another.');
  return async ({ path, sha256, folder }) => {
    if (log) appendFileSync(log, `${JSON.stringify(path)}\n`);
    if (!existsSync(path)) throw new UserError(`${path}: no such file`);
    const text = readFileSync(path, 'utf8');
    if (text.startsWith('crash once') && !existsSync(`${path}.crashed`)) {
      writeFileSync(`${path}.crashed`, '');
      process.kill(process.pid, 'SIGSEGV');
    }
    if (text.startsWith('crash always')) process.exit(9);
    if (text.startsWith('throw')) throw new Error('a bug');
    if (text.startsWith('hang')) for (;;);
    if (text.startsWith('bad')) throw new UserError(`${path}: not a photo`, 'Take another.');
    if (text.startsWith('full')) throw new OutputError(`${folder}: ENOSPC: no space left on device`);
    await sleep(ms);
    if (text.startsWith('torn')) {
      const drafts = () => readdirSync(dirname(folder)).filter((name) => name.startsWith('.'));
      void writeResult(folder, new Map(Array.from({ length: 1000 }, (_, k) => [`crops/F${k}.jpg`, text])));
      while (drafts().length === 0) await sleep(1);
      process.kill(process.pid, 'SIGKILL');
    }
    await writeResult(
      folder,
      new Map([
        ...Array.from({ length: crops }, (_, k) => [`crops/F${k + 1}.jpg`, sha256]),
        ['inspection.json', JSON.stringify({ sha256, text })],
      ]),
    );
    const status = text.startsWith('differs') ? 'differs' : 'matches';
    return { status, reason: null, hint: null, again: false, written: true };
  };
});
