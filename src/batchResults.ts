import { join } from 'node:path';
import { type Entry, latest, readJournal } from './batch/index.js';
import { readLedger, type SiteCounts } from './decisions/index.js';
import { type Inspection, inspectionSchema } from './document/index.js';
import { writeAtomically } from './files.js';
import { indexDecisions } from './indexDecisions.js';
import { readInside } from './readInside.js';
import {
  type BatchReport,
  type JudgedPhoto,
  judgedPhoto,
  type Row,
  renderIndex,
  toBatchReport,
  toRow,
} from './report/batch/index.js';
import { renderBatchJsonl } from './report/batch/jsonl.js';

/** Largest inspection.json that is read: all sites and findings that one can have are below. */
const MAX_INSPECTION_BYTES = 64 * 2 ** 20;

/** An inspection as saved; null when it is absent or damaged. */
export async function readInspection(
  output: string,
  { folder }: Pick<Entry, 'folder'>,
): Promise<Inspection | null> {
  if (folder === null) return null;
  try {
    const bytes = await readInside(output, join(folder, 'inspection.json'), MAX_INSPECTION_BYTES);
    return inspectionSchema.parse(JSON.parse(bytes.toString('utf8')));
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

/**
 * All that an output folder holds. Reads one inspection at a time and keeps of it what lists and figures need.
 * @param group pattern that says by path which photos show one board
 */
export async function readBatch(output: string, group?: string | undefined): Promise<Batch> {
  const { entries } = await readJournal(output);
  const rows: Row[] = [];
  const sites = new Map<string, Map<string, number>>();
  const seen = new Set<string>();
  const lacks = new Set<string>();
  const judged = new Map<string, JudgedPhoto>();
  for (const entry of latest(entries)) {
    const inspection = await readInspection(output, entry);
    rows.push(toRow(entry, inspection));
    const open = group !== undefined && inspection ? judgedPhoto(inspection) : null;
    if (open) judged.set(entry.path, open);
    // A photo that is there twice is judged once.
    if (!inspection || seen.has(entry.folder!)) continue;
    seen.add(entry.folder!);
    const { name } = inspection.reference;
    for (const lack of inspection.reference.lacks) lacks.add(lack);
    const counts = sites.get(name) ?? new Map<string, number>();
    sites.set(name, counts);
    for (const { id, verdict } of inspection.sites)
      if (verdict !== 'not-judged') counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return {
    report: toBatchReport(
      rows,
      sites.keys(),
      group === undefined ? null : new RegExp(group, 'u'),
      [...lacks],
      judged,
    ),
    sites,
  };
}

/** The same as a list alone. */
export async function readBatchReport(output: string, group?: string | undefined): Promise<BatchReport> {
  return (await readBatch(output, group)).report;
}

/** Writes index.html, with the decisions that were made, and results.jsonl. @throws UserError when that fails */
export async function writeLists(output: string, report: BatchReport): Promise<void> {
  await writeAtomically(join(output, 'results.jsonl'), renderBatchJsonl(report));
  const ledger = await readLedger(output);
  const decisions = ledger.entries.length + ledger.unreadable > 0 ? indexDecisions(report, ledger) : null;
  await writeAtomically(join(output, 'index.html'), renderIndex(report, decisions));
}
