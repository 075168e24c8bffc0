import { type KeyObject, verify } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { readChain } from './chain.js';
import { compareFiles, type FileDifference, isGrowth } from './compareFiles.js';
import { fingerprint } from './keys.js';
import { hashFile, listFiles, withOthers } from './listFiles.js';
import { canonicalBytes, type Signature } from './statement.js';

/** What came of holding a folder against its newest signature. */
export interface Verification {
  /** Why it cannot be trusted, the first thing first; null where all is as signed. */
  fault: string | null;
  /** Files that are not as they were signed, in the order of paths; empty where the signature itself does not hold. */
  differences: FileDifference[];
  /** Files that further scans added or wrote anew, with `growth`; nothing vouches for them. */
  grown: FileDifference[];
  /** The newest signature; null where none could be read. */
  signature: Pick<Signature, 'number' | 'signedAt' | 'key' | 'files'> | null;
}

/**
 * Holds a folder of results against its newest signature.
 * @param growth whether what further scans add and write anew is let pass
 * @throws UserError when there is no signature, or something cannot be read
 */
export async function verifyFolder(folder: string, key: KeyObject, growth: boolean): Promise<Verification> {
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    throw new UserError(`${folder}: expected a signed folder of results, got no such folder`);
  }
  const { last, fault } = await readChain(folder);
  const failed = (why: string): Verification => ({
    fault: why,
    differences: [],
    grown: [],
    signature: last?.signature ?? null,
  });
  if (fault) return failed(fault);
  if (!last) {
    throw new UserError(
      `${folder}: expected a signed folder, got one without signatures`,
      'Sign it with: boardiff sign DIR --key FILE',
    );
  }
  const { signature, path } = last;
  if (signature.key !== fingerprint(key)) {
    return failed(`${path}: signed with another key, ${signature.key.slice(0, 16)}…`);
  }
  if (!verify(null, canonicalBytes(signature), key, Buffer.from(signature.signature, 'base64'))) {
    return failed(`${path}: changed: the signature does not hold`);
  }
  const all = compareFiles(signature.files, withOthers(await listFiles(folder)));
  const longer = growth && (await onlyLonger(folder, signature));
  const grown = growth ? all.filter((difference) => isGrowth(difference, longer)) : [];
  const differences = all.filter((difference) => !grown.includes(difference));
  const first = differences[0];
  return { fault: first ? `${first.path}: ${first.kind}` : null, differences, grown, signature };
}

/** Whether the journal still begins with what was signed. */
async function onlyLonger(folder: string, { files }: Signature): Promise<boolean> {
  const journal = files.find(({ path }) => path === 'journal.jsonl');
  if (!journal) return false;
  const now = await hashFile(join(folder, journal.path), journal.size).catch(() => null);
  return now?.sha256 === journal.sha256 && now.size === journal.size;
}
