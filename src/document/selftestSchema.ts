import { z } from 'zod';
import {
  boxSchema,
  findingSchema,
  modelsSchema,
  photoSchema,
  pixels,
  referenceSchema,
  registrationSchema,
  toolSchema,
} from './schema.js';

const count = z.int().nonnegative();

const plantSchema = z.strictObject({
  id: z.string().describe('Unique within the document'),
  round: z.int().positive().describe('Which of the edited photos it is in'),
  longSidePx: z.number().positive().describe('Longer side as planted, in reference-frame pixels'),
  estimatePx: z
    .number()
    .positive()
    .nullable()
    .describe(
      'Smallest part that inspect estimates to show at its place, as longSidePx; null where it judges nothing',
    ),
  box: boxSchema.describe('Where it was planted, in photo pixels'),
  place: z
    .enum(['bare', 'beside', 'busy'])
    .describe('On bare surface, beside a fitted part, on busy surface'),
  part: z.string().describe('Package that was drawn'),
  visibility: z.number().nonnegative().describe('Mean CIELAB ΔE between the part and what it covers'),
  found: z.boolean(),
  score: z.number().nullable().describe('Score of the finding that names it'),
  centerErrorPx: z.number().nullable().describe('From the centre of that finding, in photo pixels'),
});

/** The self-test document. One definition: docs/selftest.schema.json and the types below are derived from it. */
export const selftestSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: toolSchema,
    notice: z.string(),
    photo: photoSchema,
    simulated: z
      .boolean()
      .describe(
        'Whether the photo is the golden photo seen through a simulated second shot, and not a real one',
      ),
    reference: referenceSchema,
    models: modelsSchema,
    settings: z.strictObject({
      falseCalls: z.number().positive().describe('False calls a photo of a good board that were allowed'),
      plants: z.int().positive().describe('Parts to plant, as asked for'),
      seed: z.int().nonnegative(),
    }),
    registration: registrationSchema.describe(
      'Of the unedited photo; where it is refused, nothing was planted',
    ),
    unedited: z.strictObject({
      findings: z.array(findingSchema).describe('False calls, if the board in the photo is good'),
      smallestVisiblePartPx: z.number().nullable().describe('What inspect estimates for the same photo'),
    }),
    edited: z.strictObject({
      photos: count.describe('Edited copies of the photo that were inspected'),
      refused: count.describe('Of these, how many were refused; what was planted in them counts as missed'),
      otherFindings: count.describe(
        'Findings in them that name no planted part and are not on the unedited photo',
      ),
    }),
    plants: z.array(plantSchema),
    sizes: z
      .array(z.strictObject({ longSidePx: pixels, planted: count, found: count }))
      .describe('Found by size in reference-frame pixels, smallest first'),
    planted: count,
    found: count,
    asStated: z
      .strictObject({ planted: count, found: count, holds: z.boolean() })
      .describe(
        'Of the plants at least as large as estimated for their place: the estimate holds where 80 % are found',
      ),
    medianCenterErrorPx: z.number().nullable().describe('In photo pixels'),
    smallestShownPartPx: z
      .number()
      .nullable()
      .describe(
        'Smallest planted size, in reference-frame pixels, from which on at least 80 % were found; sizes that are out of order by chance are taken together',
      ),
    smallestShownPartMm: z.number().nullable(),
    milliseconds: z.number(),
  })
  .describe('What boardiff found of parts that it planted itself into one photo');

export type Selftest = z.infer<typeof selftestSchema>;
export type SelftestPlant = z.infer<typeof plantSchema>;
