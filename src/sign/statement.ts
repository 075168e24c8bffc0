import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A file as a signature names it; a folder without files has a path that ends with `/`, and the hash of nothing. */
export interface SignedFile {
  /** Inside of the signed folder, with `/`. */
  path: string;
  /** Lower-case hexadecimal. */
  sha256: string;
  /** In bytes. */
  size: number;
}

/** What a signature says: which files there were, and which signature stood before it. */
const statementSchema = z.strictObject({
  signatureVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('boardiff'), version: z.string() }),
  /** 1 for the first signature of a folder. */
  number: z.int().positive(),
  /** SHA-256 of the signature file before; null for the first. */
  previous: sha256.nullable(),
  /** By the clock of whoever signed. */
  signedAt: z.string(),
  /** SHA-256 of the public key (SPKI, DER). */
  key: sha256,
  /** In the order of {@link byPath}. */
  files: z.array(z.strictObject({ path: z.string(), sha256, size: z.int().nonnegative() })),
});

/** A signature file. */
export const signatureSchema = statementSchema.extend({
  /** Ed25519 over {@link canonicalBytes} of the rest, base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});

export type Statement = z.infer<typeof statementSchema>;
export type Signature = z.infer<typeof signatureSchema>;

/** The order of files: by the bytes of their paths, the same on every machine and in every language. */
export function byPath(a: { path: string }, b: { path: string }): number {
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}

/**
 * The bytes that are signed. One value a line, names as JSON strings, so that no name can pass for another line; the
 * first line says what is signed, so that no signature of this key for something else can stand here.
 */
export function canonicalBytes({ tool, number, previous, signedAt, key, files }: Statement): Buffer {
  const head = [
    'boardiff signature, version 1',
    `tool ${JSON.stringify(tool.version)}`,
    `number ${number}`,
    `previous ${previous ?? 'none'}`,
    `signed at ${JSON.stringify(signedAt)}`,
    `key ${key}`,
    `files ${files.length}`,
  ];
  const lines = [...files]
    .sort(byPath)
    .map((file) => `${file.sha256} ${file.size} ${JSON.stringify(file.path)}`);
  return Buffer.from(`${[...head, ...lines].join('\n')}\n`);
}
