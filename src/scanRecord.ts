import { join, resolve } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from './files.js';
import { readWithin } from './readWithin.js';

const FILE = 'scan.json';
/** It holds a few paths. */
const MAX_BYTES = 2 ** 20;

const path = z.string().optional().catch(undefined);

/** What a scan was told, as far as rendering its results again needs it. Paths are absolute. */
const recordSchema = z.object({ reference: path, references: path, rules: path, group: path });

export type ScanRecord = z.infer<typeof recordSchema>;

/** Writes what the last scan into a folder was told. @throws UserError when that fails */
export async function writeScanRecord(output: string, told: ScanRecord): Promise<void> {
  const absolute = (value: string | undefined) => (value === undefined ? undefined : resolve(value));
  const record: ScanRecord = {
    reference: absolute(told.reference),
    references: absolute(told.references),
    rules: absolute(told.rules),
    group: told.group,
  };
  await writeAtomically(join(output, FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** What the last scan into a folder was told; nothing where that is not known. */
export async function readScanRecord(output: string): Promise<ScanRecord> {
  try {
    return recordSchema.parse(JSON.parse((await readWithin(join(output, FILE), MAX_BYTES)).toString('utf8')));
  } catch {
    return {};
  }
}
