import type { Loopback } from './serveLoopback.js';

/** Waits until a server has stopped, which Ctrl-C and a request to terminate make it do. */
export async function untilStopped({ stop, stopped }: Pick<Loopback, 'stop' | 'stopped'>): Promise<void> {
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await stopped;
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
}
