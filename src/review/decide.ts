import { z } from 'zod';
import { DECISIONS, type Entry, openLedger } from '../decisions/index.js';
import { boxSchema, type Inspection } from '../document/index.js';
import { messageOf, UserError } from '../errors.js';

/** What a decision came to, as an HTTP status and its body. */
export type Answer = { status: 200; saved: Entry } | { status: 400 | 404 | 500; error: string };

const askedSchema = z.strictObject({
  result: z.string(),
  finding: z.string().nullable(),
  decision: z.enum([...DECISIONS, 'undone']),
  note: z.string().max(4000).nullish(),
  box: boxSchema.nullish(),
});

/**
 * Writes what a page was told by a person into the ledger. It is on the disk when this returns. A page that did not hear
 * the answer says the same again: that changes nothing.
 * @param body JSON, see the schema above
 * @param read gives the inspection of a result, null where there is none
 */
export async function decide(
  output: string,
  body: string,
  by: string,
  read: (folder: string) => Promise<Inspection | null>,
): Promise<Answer> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    return { status: 400, error: `Expected JSON, got something else: ${messageOf(error)}` };
  }
  const parsed = askedSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return {
      status: 400,
      error: `Expected a decision; at ${issue.path.join('.') || 'the top'}: ${issue.message}`,
    };
  }
  const { result, finding: id, decision, note, box } = parsed.data;
  if ((id === null) !== (decision === 'escape') && decision !== 'undone') {
    const error =
      id === null
        ? `Expected a finding for "${decision}": without one only an escape can be told.`
        : 'Expected no finding for an escape: it is a place where there is none.';
    return { status: 400, error };
  }
  const inspection = await read(result);
  if (!inspection) return { status: 404, error: `There is no result "${result}" any more.` };
  const finding = inspection.findings.find((known) => known.id === id);
  if (id !== null && !finding) return { status: 404, error: `There is no finding "${id}" in this result.` };
  const { photo, reference } = inspection;
  try {
    const entry: Entry = {
      version: 1,
      at: new Date().toISOString(),
      by,
      decision,
      note: note?.trim() || null,
      result,
      photo: { path: photo.path, sha256: photo.sha256 },
      reference: { name: reference.name, sha256: reference.sha256 },
      finding: finding
        ? {
            id: finding.id,
            kind: finding.kind,
            score: finding.score,
            label: finding.label,
            site: finding.site,
            box: finding.box,
            referenceBox: finding.referenceBox,
          }
        : null,
      box: box ?? null,
    };
    const ledger = await openLedger(output);
    try {
      await ledger.append(entry);
    } finally {
      await ledger.close();
    }
    return { status: 200, saved: entry };
  } catch (error) {
    if (error instanceof UserError)
      return { status: 500, error: `${error.message}. ${error.hint ?? ''}`.trim() };
    throw error;
  }
}
