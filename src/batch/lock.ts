import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { startOfProcess } from './startOfProcess.js';

const LOCK = 'scan.lock';

interface Holder {
  pid: number;
  start: string | null;
  host: string;
}

/**
 * Takes an output folder for this process, making it where it is missing. A lock whose process is gone counts for
 * nothing.
 * @returns gives the folder back
 * @throws UserError when another scan holds it, or it cannot be written
 */
export async function takeLock(output: string): Promise<() => Promise<void>> {
  const path = join(output, LOCK);
  const me: Holder = { pid: process.pid, start: startOfProcess(process.pid), host: hostname() };
  const draft = join(output, `.${LOCK}.${process.pid}.${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(output, { recursive: true });
    await writeFile(draft, JSON.stringify(me));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw new UserError(
      `${output}: expected a folder that can be written, but that failed: ${messageOf(error).split('\n')[0]}`,
      'Name another folder with -o, or check its permissions and that the disk has room.',
    );
  }
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await claim(draft, path, me)) {
        return async () => {
          if ((await readFile(path, 'utf8').catch(() => '')) === JSON.stringify(me))
            await rm(path, { force: true });
        };
      }
      const text = await readFile(path, 'utf8').catch(() => null);
      if (text === null) continue; // just given back
      refuseLiving(parse(text), me, output);
      // Aside first: of two that see the same dead lock only one can move it, and must find in it what it saw.
      const aside = `${draft}.dead`;
      const mine = await rename(path, aside).then(
        () => true,
        () => false,
      );
      if (!mine) continue;
      const moved = await readFile(aside, 'utf8').catch(() => text);
      if (moved !== text) await link(aside, path).catch(() => {});
      await rm(aside, { force: true });
    }
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
  throw new UserError(`${output}: expected to lock it for this scan, but other scans keep taking it`);
}

/** Makes the lock appear with its content, or not at all. */
async function claim(draft: string, path: string, me: Holder): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
  }
  try {
    // Some network and memory-card file systems have no links.
    await writeFile(path, JSON.stringify(me), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function refuseLiving(holder: Holder | null, me: Holder, output: string): void {
  const path = join(output, LOCK);
  if (holder && holder.host === me.host && startOfProcess(holder.pid) !== holder.start) return;
  if (holder) {
    throw new UserError(
      `${output}: expected a folder that no other scan writes to, got one in use by process ${holder.pid} on ${holder.host}`,
      `Wait for it, or name another folder with -o. If there is no such scan, delete ${path}.`,
    );
  }
  throw new UserError(
    `${path}: expected a lock of boardiff, got something else`,
    'If no scan writes to this folder, delete the file.',
  );
}

function parse(text: string): Holder | null {
  try {
    const { pid, start, host } = JSON.parse(text);
    return Number.isInteger(pid) && typeof host === 'string' ? { pid, start, host } : null;
  } catch {
    return null;
  }
}
