import { spawn } from 'node:child_process';
import { UserError } from '../errors.js';

/** Set for the process that does the work of one with a time limit, so that it does not set a limit again. */
const INNER = 'BOARDIFF_WITHIN_TIME';

/**
 * Runs this very command line in a process of its own and ends that when it takes too long: models and OpenCV keep
 * their process so busy that no timer in it would ever fire.
 * @returns exit status of the command; null when this process is the one that has to do the work
 * @throws UserError when it takes longer
 */
export async function withinTime(seconds: number, what: string): Promise<number | null> {
  if (process.env[INNER]) return null;
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [INNER]: '1' },
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, 1000 * seconds);
  // A signal to this process is meant for the work.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  try {
    const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code, by) => resolve([code, by]));
    });
    if (late) {
      throw new UserError(
        `${what}: expected an inspection within ${seconds} seconds, got none`,
        'Raise --timeout, or scale the photo down.',
      );
    }
    if (status !== null) return status;
    for (const name of signals) process.off(name, pass);
    // Ended by a signal: end in the same way, so that a shell sees what happened.
    process.kill(process.pid, signal!);
    throw new UserError(`${what}: expected an inspection, but it was ended by ${signal}`);
  } finally {
    clearTimeout(timer);
    for (const name of signals) process.off(name, pass);
  }
}
