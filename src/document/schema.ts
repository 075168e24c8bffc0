import { z } from 'zod';

/** The sentence that stands beside every verdict, in every output. */
export const NOTICE =
  'Visual comparison aid: it compares what a camera can see and does not by itself verify hardware integrity.';

/** What a reference lacks that was learnt from the very boards that are compared with it. */
export const NO_GOLDEN_BOARD = 'golden-board';

/** What stands beside the notice then. */
const BATCH_NOTICE =
  'There was no golden board: the boards of the batch were compared with each other. A difference that most of them ' +
  'share cannot be seen, and a board that matches is no more than like the others of its batch.';

/** Whether the boards of a batch were compared with each other instead of with a golden board. */
export function isBatchItself({ lacks }: { readonly lacks: readonly string[] }): boolean {
  return lacks.includes(NO_GOLDEN_BOARD);
}

/** The sentence that stands beside every verdict, and what follows where there was no golden board. */
export function noticeOf(reference: { readonly lacks: readonly string[] }): string {
  return isBatchItself(reference) ? `${NOTICE} ${BATCH_NOTICE}` : NOTICE;
}

/** Finding kinds, in the trade's own terms. */
export const FINDING_KINDS = [
  'unexpected-part',
  'missing-part',
  'shifted-part',
  'rotated-part',
  'wrong-part',
  'unexplained-change',
] as const;

const VERDICTS = ['matches', 'differs', 'not-judged'] as const;

const NOT_JUDGED_REASONS = [
  'glare',
  'blur',
  'occluded',
  'out-of-frame',
  'shadow',
  'parallax',
  'resolution',
] as const;

export const pixels = z.number().describe('pixels');

export const boxSchema = z
  .strictObject({ x: pixels, y: pixels, width: pixels.nonnegative(), height: pixels.nonnegative() })
  .describe('Axis-aligned box in pixels, top-left corner and size');

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const findingSchema = z.strictObject({
  id: z.string().describe('Unique within the document, "F1" is the strongest finding'),
  kind: z.enum(FINDING_KINDS),
  score: z
    .number()
    .min(0)
    .max(1)
    .describe('How strong the evidence is, 1 strongest; findings are sorted by it'),
  label: z.string().nullable().describe('Class of the part, where one is known'),
  site: z.string().nullable().describe('Id of the site it belongs to, null beside all sites'),
  box: boxSchema.nullable().describe('Place in the photo as a viewer shows it'),
  referenceBox: boxSchema.nullable().describe('The same place in the reference frame'),
  explanation: z.string().describe('For a technician: what is seen, and what makes it doubtful'),
  photo: z.int().nonnegative().describe('Which of `photos` shows it best, from 0; `box` lies in that one'),
});

/** From 0 to 1. */
const share = z.number().min(0).max(1);

const siteResultSchema = z.strictObject({
  id: z.string(),
  label: z.string().nullable(),
  expected: z.enum(['fitted', 'empty', 'optional']),
  verdict: z.enum(VERDICTS),
  reason: z.string().nullable(),
});

/** Which tool, which photo, which reference, which models: documents share these. */
export const toolSchema = z.strictObject({ name: z.literal('boardiff'), version: z.string() });

export const photoSchema = z.strictObject({
  path: z.string(),
  sha256,
  width: z.int().positive(),
  height: z.int().positive(),
  quality: z.strictObject({
    sharpness: z.number().describe('Share of fine detail in the picture, 0 (none) to about 1'),
    clippedFraction: z.number().min(0).max(1).describe('Share of pixels that are burnt out'),
    darkFraction: z.number().min(0).max(1).describe('Share of pixels that are black'),
  }),
});

export const referenceSchema = z.strictObject({
  name: z.string(),
  sha256,
  width: z.int().positive(),
  height: z.int().positive(),
  mmPerPixel: z.number().positive().nullable(),
  variant: z.string().nullable().describe('Fitting that was compared with; null for the plain one'),
  goodBoards: z
    .int()
    .positive()
    .describe('Good boards whose photos were compared with; without a golden board, those of the batch'),
  lacks: z
    .array(z.string())
    .describe(
      'What the source of its sites does not give: outline, body-size, side, scale, …; golden-board where the boards ' +
        'of a batch were compared with each other',
    ),
});

const chosenSchema = z
  .strictObject({
    by: z
      .enum(['named', 'rule', 'features', 'batch'])
      .describe(
        'The user named it for all photos, a rule named it for this one, the photo looks like it, or it was learnt from ' +
          'the batch itself',
      ),
    candidates: z
      .array(
        z.strictObject({
          name: z.string(),
          score: z
            .number()
            .nonnegative()
            .nullable()
            .describe(
              'Features of the reference that the photo shows in their places; null where not counted',
            ),
        }),
      )
      .describe('References that were tried in this order until the photo could be laid onto one'),
    margin: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('How far the first is ahead of the second, as a share of its score; null where not counted'),
  })
  .describe('How the reference was chosen, in a scan');

export const modelsSchema = z.array(
  z.strictObject({ task: z.enum(['detect', 'change']), name: z.string(), version: z.string(), sha256 }),
);

export const registrationSchema = z.strictObject({
  status: z.enum(['ok', 'refused']),
  reason: z.string().nullable(),
  inliers: z.int().nonnegative(),
  residualPx: z.number().nonnegative().nullable(),
  homography: z
    .array(z.number())
    .length(9)
    .nullable()
    .describe('Maps photo pixels to reference-frame pixels, row by row'),
});

/**
 * The inspection document. One definition: the published JSON Schema (docs/inspection.schema.json) and the
 * TypeScript types below are derived from it.
 */
export const inspectionSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: toolSchema,
    notice: z.string(),
    photo: photoSchema.describe('The photo that shows most of the board'),
    photos: z
      .array(
        z.strictObject({
          ...photoSchema.shape,
          registration: registrationSchema,
          judgedFraction: z
            .number()
            .min(0)
            .max(1)
            .describe('Share of the board that this photo lets one judge'),
        }),
      )
      .min(1)
      .describe('All photos of the board, in the order they were given'),
    reference: referenceSchema.extend({ chosen: chosenSchema.nullable().optional() }),
    models: modelsSchema,
    settings: z
      .strictObject({
        falseCalls: z.number().positive().describe('False calls a photo of a good board that were allowed'),
        minCoverage: z
          .strictObject({ sites: share, surface: share })
          .describe('Shares that must be judged before a board can be said to match'),
      })
      .optional()
      .describe('What beside photos, reference and models decides what is told'),
    registration: registrationSchema.describe('Of `photo`'),
    verdict: z.enum(VERDICTS),
    findings: z.array(findingSchema),
    rules: z
      .array(
        z.strictObject({
          id: z.string(),
          rule: z.enum(['ignore', 'high-risk', 'tolerance']),
          note: z.string().nullable(),
          silenced: z
            .array(findingSchema.omit({ id: true }))
            .optional()
            .describe('Differences that a tolerance kept from being told'),
        }),
      )
      .describe(
        'Regions of the reference with rules of their own, and differences accepted for a time, which applied',
      ),
    weak: z
      .array(z.strictObject({ referenceBox: boxSchema, score: z.number().min(0).max(1) }))
      .optional()
      .describe(
        'Differences too weak to be told, strongest first: one says nothing, many more than on other boards do',
      ),
    sites: z.array(siteResultSchema),
    coverage: z.strictObject({
      judgedFraction: z.number().min(0).max(1).describe('Share of the board that could be judged'),
      judgedSites: z
        .number()
        .min(0)
        .max(1)
        .describe('Share of the sites that could be judged; 1 where there are none'),
      missing: z
        .array(z.string())
        .describe('What a board without findings lacks to be said to match, a sentence each'),
      open: z
        .strictObject({
          sites: z.array(z.string()).describe('Ids of the sites that could not be judged'),
          ofSites: z.int().nonnegative().describe('How many sites were to be judged'),
          highRisk: z.array(z.string()).describe('Places marked as high risk that could not be judged'),
          surface: z
            .strictObject({
              columns: z.int().positive(),
              rows: z.int().positive(),
              board: z.array(share).describe('Share of each cell that is board, row after row'),
              judged: z
                .array(share)
                .describe('Share of each cell that could be judged; at most what is true'),
            })
            .describe('A grid over the reference frame'),
        })
        .optional()
        .describe('What is open still, for other photos of the board to make up for'),
      sharedDetail: z
        .number()
        .min(-1)
        .max(1)
        .nullable()
        .describe('Correlation of fine detail with the golden photo: 1 the same, 0.3 and less hopeless'),
      smallestVisiblePartPx: z
        .number()
        .nullable()
        .describe('Longer side in reference-frame pixels; holds for 95 % of what was judged'),
      smallestVisiblePartMm: z.number().nullable(),
      smallestVisibleMap: z
        .strictObject({
          columns: z.int().positive(),
          rows: z.int().positive(),
          px: z.array(z.number().nullable()).describe('Row after row; null where nothing is judged'),
        })
        .nullable()
        .describe('The same place by place: a grid over the reference frame'),
      notJudged: z.array(
        z.strictObject({
          reason: z.enum(NOT_JUDGED_REASONS),
          box: boxSchema.describe('In the photo named by `photo`'),
          photo: z.int().nonnegative(),
          referenceBox: boxSchema,
          advice: z.string().describe('How to take the photo so that it can be judged'),
        }),
      ),
    }),
    timings: z.record(z.string(), z.number()).describe('Milliseconds by stage'),
  })
  .describe('What boardiff found when it compared one photo with a reference');

export type Inspection = z.infer<typeof inspectionSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type FindingKind = (typeof FINDING_KINDS)[number];
export type SiteResult = z.infer<typeof siteResultSchema>;
export type Verdict = (typeof VERDICTS)[number];
export type NotJudgedReason = (typeof NOT_JUDGED_REASONS)[number];
