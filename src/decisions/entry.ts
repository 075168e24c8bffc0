import { z } from 'zod';
import { boxSchema, FINDING_KINDS } from '../document/index.js';

/** What a person can say: of a finding, and of a place where there should have been one. */
export const DECISIONS = ['real', 'false-call', 'unsure', 'escape'] as const;

export const DECISION_WORDS = {
  real: 'real',
  'false-call': 'false call',
  unsure: 'unsure',
  escape: 'escape',
} as const satisfies Record<Decision, string>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * One line of the ledger: what one person said once. It holds all that is needed to find the place again when results
 * were deleted, or made again with another reference, model or version. Fields of later versions are passed over.
 */
export const entrySchema = z.object({
  version: z.literal(1),
  at: z.iso.datetime(),
  by: z.string(),
  /** `undone` takes back what was said before of the same finding, or of the same place. */
  decision: z.enum([...DECISIONS, 'undone']),
  note: z.string().nullable(),
  /** Folder of the result in the output folder, with `/`. */
  result: z.string(),
  photo: z.object({ path: z.string(), sha256 }),
  reference: z.object({ name: z.string(), sha256 }),
  /** The finding as it was told; null for what was missed. */
  finding: z
    .object({
      id: z.string(),
      kind: z.enum(FINDING_KINDS),
      score: z.number(),
      label: z.string().nullable(),
      site: z.string().nullable(),
      box: boxSchema.nullable(),
      referenceBox: boxSchema.nullable(),
    })
    .nullable(),
  /** Where something was missed, in reference pixels; null when no place was given. */
  box: boxSchema.nullable(),
});

export type Entry = z.infer<typeof entrySchema>;
export type Decision = (typeof DECISIONS)[number];
