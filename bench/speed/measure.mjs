import { fork, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const tasks = fileURLToPath(new URL('tasks.mjs', import.meta.url));

/**
 * Runs one of the tasks of tasks.mjs in a process of its own.
 * @returns its figures, with `peak` in MiB, and `total`: milliseconds from start to end of the process
 */
export function measure(task, args = {}) {
  const started = performance.now();
  const child = fork(tasks, [JSON.stringify({ task, ...args })], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let figures = null;
    child.on('message', (message) => {
      figures = message;
    });
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      if (figures) resolve({ ...figures, total: performance.now() - started });
      else reject(new Error(`${task}: expected figures, got ${signal ?? `exit status ${status}`}`));
    });
  });
}

/** Median milliseconds of running a command so many times. */
export function medianOfRuns(count, command, args) {
  const times = Array.from({ length: count }, () => {
    const started = performance.now();
    spawnSync(command, args, { stdio: 'ignore' });
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[count >> 1];
}
