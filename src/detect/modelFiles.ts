import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';
import { messageOf, UserError } from '../errors.js';
import { readWithin } from '../readWithin.js';
import { sha256 } from '../sha256.js';
import { contractSchema, type ModelContract } from './contract.js';

/** Largest model file that is read: several times the largest detector in common use. */
const MAX_MODEL_BYTES = 1024 * 2 ** 20;
/** Largest contract that is read: a thousand classes and all golden vectors are far below. */
const MAX_CONTRACT_BYTES = 4 * 2 ** 20;

/** Something expected of a file, and what is there instead. */
export interface Mismatch {
  expected: string;
  got: string;
  /** What to do about it. */
  hint: string;
}

/** A model's bytes, or what is wrong with the file. */
export type ModelBytes = { bytes: Uint8Array; sha256: string } | Mismatch;

/** Whether a result is a mismatch. */
export function isMismatch(result: object): result is Mismatch {
  return 'expected' in result;
}

/** The contract's path, from that of the .onnx or the .json itself. */
export function contractPathOf(modelFile: string): string {
  return `${modelFile.replace(/\.(onnx|json)$/i, '')}.json`;
}

/** Reads a contract: the contract, or what is wrong with it. */
export async function readContract(path: string): Promise<ModelContract | Mismatch> {
  const hint = 'docs/models.md says what a contract holds.';
  const text = await readOr(path, MAX_CONTRACT_BYTES, 'a contract beside the .onnx');
  if (isMismatch(text)) return { ...text, hint };
  let parsed: z.ZodSafeParseResult<ModelContract>;
  try {
    parsed = contractSchema.safeParse(JSON.parse(text.toString('utf8')));
  } catch (error) {
    return { expected: 'JSON', got: messageOf(error), hint };
  }
  if (parsed.success) return parsed.data;
  const { path: field, message } = parsed.error.issues[0]!;
  return { expected: 'a contract of version 1', got: `${field.join('.') || 'the file'}: ${message}`, hint };
}

/** Reads the model that a contract names, from beside it. */
export async function readModelBytes(
  contractPath: string,
  { file }: Pick<ModelContract, 'file'>,
): Promise<ModelBytes> {
  const bytes = await readOr(join(dirname(contractPath), file), MAX_MODEL_BYTES, 'the model file');
  return isMismatch(bytes) ? bytes : { bytes, sha256: sha256(bytes) };
}

async function readOr(path: string, most: number, what: string): Promise<Buffer | Mismatch> {
  const expected = `${what}, ${basename(path)}`;
  const hint = 'Check the path, and that the file may be read.';
  try {
    return await readWithin(path, most);
  } catch (error) {
    // "FILE: expected at most …, got …"
    const [, limit, instead] = /: expected (.*), got (.*)$/.exec(messageOf(error)) ?? [];
    if (error instanceof UserError) return { expected: `${expected}: ${limit}`, got: instead!, hint };
    const { code } = error as NodeJS.ErrnoException;
    return { expected, got: code === 'ENOENT' ? 'no such file' : messageOf(error), hint };
  }
}
