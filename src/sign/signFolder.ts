import { type KeyObject, sign } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { writeAtomically } from '../files.js';
import { sha256 } from '../sha256.js';
import { VERSION } from '../version.js';
import { readChain, signaturePath } from './chain.js';
import { fingerprint } from './keys.js';
import { listFiles } from './listFiles.js';
import { canonicalBytes, type Statement } from './statement.js';

/** What {@link signFolder} wrote. */
export interface Signed {
  path: string;
  /** Of the signature file: noted elsewhere, it tells when newer signatures were taken away. */
  sha256: string;
  number: number;
  files: number;
}

/**
 * Signs all that a folder of results holds, in a new file beside the signatures that are there.
 * @throws UserError when there is nothing to sign, something cannot be signed, or the signatures are damaged
 */
export async function signFolder(folder: string, key: KeyObject): Promise<Signed> {
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    throw new UserError(`${folder}: expected a folder of results, got none`);
  }
  const { last, fault } = await readChain(folder);
  if (fault) {
    throw new UserError(
      `${join(folder, fault.split(':')[0]!)}: expected whole signatures to go on from, got one that is not`,
      'Restore it. A folder that is signed anew without its old signatures says nothing of its past.',
    );
  }
  const { files, others } = await listFiles(folder);
  if (others.length > 0) {
    throw new UserError(
      `${join(folder, others[0]!.path)}: expected files and folders with names in UTF-8, got ${others[0]!.what}`,
      'It cannot be signed: rename it, or put the file itself in place of the link.',
    );
  }
  if (files.length === 0) throw new UserError(`${folder}: expected results to sign, got an empty folder`);
  const number = (last?.signature.number ?? 0) + 1;
  const statement: Statement = {
    signatureVersion: 1,
    tool: { name: 'boardiff', version: VERSION },
    number,
    previous: last?.sha256 ?? null,
    signedAt: new Date().toISOString(),
    key: fingerprint(key),
    files,
  };
  const signature = sign(null, canonicalBytes(statement), key).toString('base64');
  const text = `${JSON.stringify({ ...statement, signature }, null, 1)}\n`;
  const path = join(folder, signaturePath(number));
  await writeAtomically(path, text);
  return { path, sha256: sha256(text), number, files: files.length };
}
