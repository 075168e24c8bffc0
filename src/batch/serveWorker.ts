import { messageOf, UserError } from '../errors.js';
import { sha256OfFile } from '../sha256.js';
import type { FromWorker, Job, Result, ToWorker } from './protocol.js';
import { OutputError, untilWritten } from './writeResult.js';

/**
 * Turns this process into a worker: opens what all jobs need once, then takes one job after the other, until the
 * scan goes away.
 * @param open gets the options that the scan was started with; a UserError from it ends the scan
 * @param failed makes a result of a UserError; by default that of a photo that could not be inspected
 */
export function serveWorker<J = Job, R = Result>(
  open: (options: unknown) => Promise<(job: J) => Promise<R>>,
  failed: (error: UserError, job: J) => Promise<R> = photoFailed as never,
): void {
  let work: ((job: J) => Promise<R>) | undefined;
  // Ctrl-C reaches all processes of a terminal; only the scan decides what it means.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  // What is half written is finished: on a shared folder nobody else knows whether it is dead.
  process.on('disconnect', () => untilWritten().then(() => process.exit(0)));
  process.on('message', async (message: ToWorker<J>) => {
    try {
      if (message.type === 'open') {
        work = await open(message.options);
        send({ type: 'ready' });
      } else {
        send({ type: 'result', id: message.id, result: await work!(message.job) });
      }
    } catch (error) {
      if (error instanceof OutputError) return send({ type: 'output', message: error.message });
      if (error instanceof UserError) {
        if (message.type === 'open') {
          return send({ type: 'unusable', message: error.message, hint: error.hint ?? null });
        }
        return send({ type: 'result', id: message.id, result: await failed(error, message.job) });
      }
      // State may be damaged: a fresh process is cheaper than a wrong verdict.
      send({ type: 'broken', message: messageOf(error).split('\n')[0]! });
    }
  });
}

/** The same bytes fail the same way; a photo that went away or changed meanwhile may not. */
async function photoFailed({ message, hint }: UserError, { path, sha256 }: Job): Promise<Result> {
  const again = (await sha256OfFile(path).catch(() => null)) !== sha256;
  return { status: 'failed', reason: message, hint: hint ?? null, again, written: false };
}

function send(message: FromWorker<unknown>): void {
  if (process.connected) process.send!(message);
}
