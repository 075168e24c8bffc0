import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from './files.js';
import { readInside } from './readInside.js';

/** Folder in the results of `scan --no-reference` that holds what was learnt from the batch. */
export const BATCH_REFERENCE = 'batch-reference';
/** Written last: while it is there, so are both references. */
const FILE = 'chosen.json';
/** It holds a path and two names. */
const MAX_RECORD_BYTES = 2 ** 20;

/** The two references in that folder: of all boards, and of the board that the first is laid onto. */
export const FRAMES = { all: 'frame-1', own: 'frame-2' } as const;

const recordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The photo that the first is laid onto, as the user named it. */
  frame: z.strictObject({ path: z.string().max(10_000), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
});

/** What was learnt from a batch. */
export type BatchReference = z.infer<typeof recordSchema>;

/** What an earlier scan learnt from its batch; null where that is not there, or not whole. */
export async function readBatchReference(output: string): Promise<BatchReference | null> {
  try {
    const bytes = await readInside(output, join(BATCH_REFERENCE, FILE), MAX_RECORD_BYTES);
    return recordSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}

/** @throws UserError when it cannot be written */
export async function writeBatchReference(output: string, chosen: BatchReference): Promise<void> {
  await writeAtomically(join(output, BATCH_REFERENCE, FILE), `${JSON.stringify(chosen, null, 2)}\n`);
}
