import { UserError } from './errors.js';
import { type Photo, type ReadOptions, readPhoto } from './photo/index.js';

/**
 * Reads a golden photo of a reference folder.
 * @param sha256 that the reference gives for it
 * @throws UserError when it cannot be read, or is not the photo that the reference was made with
 */
export async function readGolden(path: string, sha256: string, options: ReadOptions): Promise<Photo> {
  const photo = await readPhoto(path, options);
  if (photo.sha256 === sha256) return photo;
  throw new UserError(
    `${path}: expected the golden photo with SHA-256 ${sha256}, got ${photo.sha256}`,
    'The reference was altered: restore it, or make it again.',
  );
}
