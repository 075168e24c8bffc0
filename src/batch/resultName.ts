import { basename, extname } from 'node:path';

/**
 * Name of a photo's result folder: enough of its key to be unique, and of its name to be recognised. Letters and
 * digits of any script stay; all that a shell, a file system or a browser could trip over becomes `_`.
 */
export function resultName(key: string, path: string): string {
  const name = basename(path, extname(path))
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]/gu, '_');
  // A character takes up to four bytes, a name on disk at most 255.
  const short = [...name].slice(0, 40).join('').replace(/\.+$/, '');
  return `${key.slice(0, 16)}-${short || 'photo'}`;
}
