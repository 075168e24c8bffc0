import { z } from 'zod';

/** How a photo ended: the verdicts, and failed where there is none. */
const STATUSES = ['matches', 'differs', 'not-judged', 'failed'] as const;

/** One line of the journal: what became of one photo file. */
export const entrySchema = z.strictObject({
  version: z.literal(1),
  /** Of photo, the reference that it was compared with, models, settings and program together; null where the photo could not be read. */
  key: z.string().nullable(),
  /**
   * The same with all references that it could have been compared with in the place of the one that it was: while
   * this is the same, nobody need look which one that is. Null where that was no question.
   */
  asked: z.string().nullable().default(null),
  /** Path as the user gave it, and the same made absolute, which says whether two are one. */
  path: z.string(),
  file: z.string(),
  sha256: z.string().nullable(),
  status: z.enum(STATUSES),
  /** Why it failed or was refused, and what to do about it. */
  reason: z.string().nullable(),
  hint: z.string().nullable(),
  /** Whether the next scan tries again: what failed for a reason that may pass. */
  again: z.boolean(),
  /** Of the results, inside of the output folder, with `/`; null where there are none. Never elsewhere: reports are written there. */
  folder: z
    .string()
    .regex(/^photos\/(?!\.)[^/\\\0]{1,255}$/, 'a folder in photos/')
    .nullable(),
  /** Milliseconds that a worker took. */
  ms: z.number(),
  at: z.string(),
});

export type Entry = z.infer<typeof entrySchema>;
export type Status = (typeof STATUSES)[number];
