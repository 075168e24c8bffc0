import { stat } from 'node:fs/promises';
import { UserError } from './errors.js';

/**
 * Whether REF names a folder, or else a golden photo.
 * @throws UserError when there is neither
 */
export async function isReferenceFolder(ref: string): Promise<boolean> {
  const info = await stat(ref).catch(() => null);
  if (info) return info.isDirectory();
  throw new UserError(
    `${ref}: expected a reference folder or a golden photo, got nothing: no such file`,
    'Make a reference with: boardiff reference create GOLDEN.jpg -o DIR',
  );
}
