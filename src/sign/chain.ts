import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { readInside } from '../readInside.js';
import { sha256 } from '../sha256.js';
import { SIGNATURES } from './listFiles.js';
import { type Signature, signatureSchema } from './statement.js';

/** Largest signature file: a million files with paths of a hundred characters. */
const MAX_SIGNATURE_BYTES = 256 * 2 ** 20;

/** The signatures of a folder, held together by their hashes. */
export interface Chain {
  /** The newest; null for a folder that was never signed. */
  last: { signature: Signature; sha256: string; path: string } | null;
  /** What is wrong with the chain, in a sentence; null where each names the one before it. */
  fault: string | null;
}

/** Path of a signature inside of its folder. */
export function signaturePath(number: number): string {
  return `${SIGNATURES}/${String(number).padStart(4, '0')}.json`;
}

/**
 * Reads the signatures of a folder, oldest first, and follows the hashes by which each names the one before it. The key
 * of older ones is not asked for: the newest signature vouches for them.
 * @throws UserError when they cannot be read
 */
export async function readChain(folder: string): Promise<Chain> {
  const all = await readdir(join(folder, SIGNATURES)).catch((error): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new UserError(
      `${join(folder, SIGNATURES)}: expected a folder of signatures: ${messageOf(error).split('\n')[0]}`,
    );
  });
  // What a signing that was killed has left behind is no signature and no secret.
  const names = all.filter((name) => !/^\..*\.part$/.test(name));
  let last: Chain['last'] = null;
  for (let number = 1; number <= names.length; number++) {
    const path = signaturePath(number);
    if (!names.includes(path.slice(SIGNATURES.length + 1))) {
      return { last, fault: `${path}: removed, or another file was put among the signatures` };
    }
    const bytes = await readInside(folder, path, MAX_SIGNATURE_BYTES);
    const signature = parse(bytes);
    if (!signature) return { last, fault: `${path}: changed: it is no signature` };
    if (signature.number !== number || signature.previous !== (last?.sha256 ?? null)) {
      return { last, fault: `${path}: changed, or the one before it was: it does not follow on that` };
    }
    last = { signature, sha256: sha256(bytes), path };
  }
  return { last, fault: null };
}

function parse(bytes: Buffer): Signature | null {
  try {
    return signatureSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}
