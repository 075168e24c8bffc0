import { basename } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { isReferenceFolder } from '../isReferenceFolder.js';
import { inForce, readDescription, today } from '../layout/index.js';
import { sha256OfFile } from '../sha256.js';
import type { ReferenceSource } from './plan.js';

/**
 * Says which reference a path holds, without opening it.
 * @throws UserError when there is none
 */
export async function readSource(path: string, variant: string | null): Promise<ReferenceSource> {
  if (await isReferenceFolder(path)) {
    const { description, sha256 } = await readDescription(path);
    const accepted = inForce(description.tolerances, today()).map(({ id }) => id);
    return { path, name: description.name, sha256, variant, accepted };
  }
  try {
    return { path, name: basename(path), sha256: await sha256OfFile(path), variant, accepted: [] };
  } catch (error) {
    throw new UserError(`${path}: expected a file that can be read: ${messageOf(error)}`);
  }
}
