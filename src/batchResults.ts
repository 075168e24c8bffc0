import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Entry, latest, readJournal } from './batch/index.js';
import { readLedger, type SiteCounts } from './decisions/index.js';
import { type Inspection, inspectionSchema } from './document/index.js';
import { writeAtomically } from './files.js';
import { indexDecisions } from './indexDecisions.js';
import { type BatchReport, type Row, renderIndex, toBatchReport, toRow } from './report/batch/index.js';
import { renderBatchJsonl } from './report/batch/jsonl.js';

/** An inspection as saved; null when it is absent or damaged. */
export async function readInspection(
  output: string,
  { folder }: Pick<Entry, 'folder'>,
): Promise<Inspection | null> {
  if (folder === null) return null;
  try {
    return inspectionSchema.parse(
      JSON.parse(await readFile(join(output, folder, 'inspection.json'), 'utf8')),
    );
  } catch {
    return null;
  }
}

/** What an output folder holds. */
export interface Batch {
  report: BatchReport;
  /** Photos in which each site has a verdict. */
  sites: SiteCounts;
}

/** All that an output folder holds. Reads one inspection at a time and keeps of it what lists and figures need. */
export async function readBatch(output: string): Promise<Batch> {
  const { entries } = await readJournal(output);
  const rows: Row[] = [];
  const sites = new Map<string, Map<string, number>>();
  const seen = new Set<string>();
  for (const entry of latest(entries)) {
    const inspection = await readInspection(output, entry);
    rows.push(toRow(entry, inspection));
    // A photo that is there twice is judged once.
    if (!inspection || seen.has(entry.folder!)) continue;
    seen.add(entry.folder!);
    const { name } = inspection.reference;
    const counts = sites.get(name) ?? new Map<string, number>();
    sites.set(name, counts);
    for (const { id, verdict } of inspection.sites)
      if (verdict !== 'not-judged') counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return { report: toBatchReport(rows, sites.keys()), sites };
}

/** The same as a list alone. */
export async function readBatchReport(output: string): Promise<BatchReport> {
  return (await readBatch(output)).report;
}

/** Writes index.html, with the decisions that were made, and results.jsonl. @throws UserError when that fails */
export async function writeLists(output: string, report: BatchReport): Promise<void> {
  await writeAtomically(join(output, 'results.jsonl'), renderBatchJsonl(report));
  const ledger = await readLedger(output);
  const decisions = ledger.entries.length + ledger.unreadable > 0 ? indexDecisions(report, ledger) : null;
  await writeAtomically(join(output, 'index.html'), renderIndex(report, decisions));
}
