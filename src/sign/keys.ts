import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { stat, unlink, writeFile } from 'node:fs/promises';
import { messageOf, UserError } from '../errors.js';
import { readWithin } from '../readWithin.js';
import { sha256 } from '../sha256.js';

/** Largest key file that is read; an Ed25519 key takes 120 bytes. */
const MAX_KEY_BYTES = 64 * 2 ** 10;

const MAKE_ONE = 'Make a pair with: boardiff sign --new-key FILE';

/**
 * Makes a pair of Ed25519 keys: the private one in a file that only its owner may read, the public one beside it as
 * FILE.pub. Neither file is ever overwritten.
 * @returns path of the public key
 * @throws UserError when one of the files is there already or cannot be written
 */
export async function newKey(path: string): Promise<string> {
  const publicPath = `${path}.pub`;
  for (const taken of [path, publicPath]) {
    if (await stat(taken).catch(() => null)) {
      throw new UserError(
        `${taken}: expected a new file for the key, got one that is there already`,
        'Keys are never overwritten: what they signed could not be checked any more. Name another file.',
      );
    }
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  // `wx`: also when both looked free a moment ago.
  await write(path, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600);
  try {
    await write(publicPath, publicKey.export({ type: 'spki', format: 'pem' }) as string, 0o644);
  } catch (error) {
    await unlink(path).catch(() => {});
    throw error;
  }
  return publicPath;
}

async function write(path: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode });
  } catch (error) {
    throw new UserError(`${path}: expected to write a key: ${messageOf(error).split('\n')[0]}`);
  }
}

/** Reads a private Ed25519 key. @throws UserError when it is none */
export async function readPrivateKey(path: string): Promise<KeyObject> {
  return readKey(path, 'a private Ed25519 key (PEM)', createPrivateKey);
}

/** Reads a public Ed25519 key. @throws UserError when it is none, or a private one, which checking does not need */
export async function readPublicKey(path: string): Promise<KeyObject> {
  return readKey(path, 'a public Ed25519 key (PEM)', (pem) => {
    if (pem.includes('PRIVATE KEY')) throw new Error('it is a private one; name the .pub file');
    return createPublicKey(pem);
  });
}

async function readKey(path: string, what: string, make: (pem: string) => KeyObject): Promise<KeyObject> {
  let key: KeyObject;
  try {
    key = make((await readWithin(path, MAX_KEY_BYTES)).toString('utf8'));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path}: expected ${what}: ${messageOf(error).split('\n')[0]}`, MAKE_ONE);
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new UserError(`${path}: expected ${what}, got ${key.asymmetricKeyType}`, MAKE_ONE);
  }
  return key;
}

/** What a key is known by: the SHA-256 of its public half. */
export function fingerprint(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return sha256(publicKey.export({ type: 'spki', format: 'der' }) as Buffer);
}

/** Whether others than its owner may read a key; unknown counts as no. */
export async function isExposed(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const info = await stat(path).catch(() => null);
  return info !== null && (info.mode & 0o077) !== 0;
}
