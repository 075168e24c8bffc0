import { join } from 'node:path';
import { type Entry, latest, readJournal } from './batch/index.js';
import { type Inspection, inspectionSchema } from './document/index.js';
import { writeAtomically } from './files.js';
import { readInside } from './readInside.js';
import { type BatchReport, type Row, renderIndex, toBatchReport, toRow } from './report/batch/index.js';
import { renderBatchJsonl } from './report/batch/jsonl.js';

/** Largest inspection.json that is read: all sites and findings that one can have are below. */
const MAX_INSPECTION_BYTES = 64 * 2 ** 20;

/** An inspection as saved; null when it is absent or damaged. */
export async function readInspection(output: string, { folder }: Entry): Promise<Inspection | null> {
  if (folder === null) return null;
  try {
    const bytes = await readInside(output, join(folder, 'inspection.json'), MAX_INSPECTION_BYTES);
    return inspectionSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}

/**
 * All that an output folder holds, as a list. Reads one inspection at a time and keeps of it what lists show.
 * @param group pattern that says by path which photos show one board
 */
export async function readBatchReport(output: string, group?: string | undefined): Promise<BatchReport> {
  const { entries } = await readJournal(output);
  const rows: Row[] = [];
  const references = new Set<string>();
  for (const entry of latest(entries)) {
    const inspection = await readInspection(output, entry);
    if (inspection) references.add(inspection.reference.name);
    rows.push(toRow(entry, inspection));
  }
  return toBatchReport(rows, references, group === undefined ? null : new RegExp(group, 'u'));
}

/** Writes index.html and results.jsonl. @throws UserError when that fails */
export async function writeLists(output: string, report: BatchReport): Promise<void> {
  await writeAtomically(join(output, 'results.jsonl'), renderBatchJsonl(report));
  await writeAtomically(join(output, 'index.html'), renderIndex(report));
}
