import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A file that nothing has touched for so long is not being copied. */
const OLD_MS = 60_000;

/**
 * Waits until a file has kept its size and time of change, so that a half-copied photo is not taken.
 * @param steadyMs for so long
 * @returns false when the file went away, or `signal` ended the waiting
 */
export async function untilSteady(path: string, steadyMs: number, signal: AbortSignal): Promise<boolean> {
  let before = '';
  let since = Date.now();
  while (!signal.aborted) {
    const info = await stat(path).catch(() => null);
    if (!info) return false;
    if (info.size > 0 && Date.now() - Math.max(info.ctimeMs, info.mtimeMs) > OLD_MS) return true;
    const now = `${info.size} ${info.mtimeMs}`;
    if (now !== before) since = Date.now();
    else if (info.size > 0 && Date.now() - since >= steadyMs) return true;
    before = now;
    await sleep(Math.min(250, steadyMs / 4), undefined, { signal }).catch(() => {});
  }
  return false;
}
