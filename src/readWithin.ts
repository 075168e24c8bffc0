import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { UserError } from './errors.js';

/**
 * Reads a whole file that should not be larger than a limit. Pipes and devices, which may never end, are refused, and
 * a file that grows meanwhile is read up to the limit and no further.
 * @param most bytes
 * @throws UserError when it is larger or no file; else what the system throws, such as ENOENT
 */
export async function readWithin(path: string, most: number): Promise<Buffer> {
  // Without waiting: opening a pipe that nobody writes to would never return.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const info = await file.stat();
    if (!info.isFile()) {
      throw new UserError(
        `${path}: expected a file, got ${info.isDirectory() ? 'a folder' : 'a pipe or device'}`,
      );
    }
    if (info.size > most) {
      throw new UserError(`${path}: expected at most ${mebibytes(most)}, got ${mebibytes(info.size)}`);
    }
    const bytes = Buffer.allocUnsafe(info.size);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}

function mebibytes(bytes: number): string {
  return `${Math.ceil((10 * bytes) / 2 ** 20) / 10} MiB`;
}
