import { z } from 'zod';
import { FINDING_KINDS, NO_GOLDEN_BOARD } from '../document/index.js';

/** Version of `reference.json` that this boardiff writes; older ones are brought up to date by migrate.ts. */
export const REFERENCE_VERSION = 2;

/** Limits of a layout: far above any board, low enough to keep a hostile file harmless. */
export const MAX_SITES = 20_000;
export const MAX_GOLDEN = 50;
const MAX_REGIONS = 1_000;
const MAX_VARIANTS = 50;
const MAX_TOLERANCES = 1_000;
const MAX_SIDE = 100_000;

const coordinate = z.number().min(-MAX_SIDE).max(MAX_SIDE);
const side = z.int().positive().max(MAX_SIDE);
const boxSchema = z.strictObject({
  x: coordinate,
  y: coordinate,
  width: z.number().positive().max(MAX_SIDE),
  height: z.number().positive().max(MAX_SIDE),
});
const polygonSchema = z
  .array(z.tuple([coordinate, coordinate]))
  .min(3)
  .max(10_000);
const word = z.string().min(1).max(200);

/** What a site expects: a part, no part (one there is unexpected, however ordinary it looks), or either. */
export const EXPECTATIONS = ['fitted', 'empty', 'optional'] as const;
const expectation = z.enum(EXPECTATIONS);

const siteSchema = z.strictObject({
  id: word.describe('Unique within the reference, a reference designator where one is known'),
  label: z.string().max(200).nullable().describe('Class of the part, null where unknown'),
  expected: expectation,
  box: boxSchema.describe('In reference-frame pixels: the upright box around the part'),
  score: z.number().min(0).max(1).nullable().describe('How sure the detector was, null for sites from data'),
  rotation: z
    .number()
    .min(-360)
    .max(360)
    .optional()
    .describe(
      'Degrees counter-clockwise as seen in the golden photo, where the source gives it: a photo of the bottom side is ' +
        'taken from below, and so are its rotations',
    ),
  part: z.string().max(500).optional().describe('Value, part number or package, where the source gives it'),
  risk: z.literal('high').optional().describe('Watched closely: see `regions`'),
  variants: z
    .record(word, expectation)
    .optional()
    .describe('What a fitting expects here where it differs from `expected`, by name of the variant'),
});

const regionSchema = z.strictObject({
  id: word.describe('Unique within the reference'),
  rule: z
    .enum(['ignore', 'high-risk'])
    .describe(
      'ignore: nothing is told there and nothing counts as judged. high-risk: weaker differences are told, and the ' +
        'board does not match unless all of it was judged',
    ),
  polygon: polygonSchema,
  note: z.string().max(1000).optional(),
});

const day = z.iso.date();

const toleranceSchema = z.strictObject({
  id: word.describe('Unique within the reference'),
  kind: z.enum(FINDING_KINDS).describe('Findings of this kind alone are accepted'),
  site: word.nullable().describe('Findings at this site alone, or beside all sites where it is null'),
  box: boxSchema.describe('In reference-frame pixels: findings that reach out of it are told'),
  reason: z.string().min(1).max(1000),
  by: word.describe('Who accepted it'),
  accepted: day,
  expires: day.describe('Last day on which it holds, in UTC'),
});

/**
 * What a source can lack. `scale`: millimetres a pixel; `labels`: classes of parts; `golden-board`: a board that is
 * known to be good, where it was learnt from the very batch that is compared with it.
 */
const LACKS = [
  'outline',
  'body-size',
  'side',
  'scale',
  'labels',
  'rotation',
  'do-not-populate',
  NO_GOLDEN_BOARD,
] as const;

const goldenSchema = z.strictObject({
  file: z
    .string()
    .regex(/^golden-\d+\.[a-z]+$/, 'a file name beside reference.json, like golden-1.jpg')
    .nullable()
    .describe('Null for a photo that was learnt from and not kept'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Of the kept file, or of the photo where none is kept'),
  originalName: z.string().max(1000),
});

/** `reference.json`: the known-good description of one board side. All places are in reference-frame pixels. */
export const referenceSchema = z.strictObject({
  schemaVersion: z.literal(REFERENCE_VERSION),
  name: z.string().min(1).max(500),
  tool: z.strictObject({ name: z.literal('boardiff'), version: z.string() }),
  source: z
    .strictObject({
      kind: word.describe('"photos", "batch", or the importer: "kicad", "centroid", …'),
      file: z.string().max(1000).nullable().describe('Name of the imported file, without its folder'),
      side: z.enum(['top', 'bottom']).nullable(),
      lacks: z.array(z.enum(LACKS)).describe('What the source does not give'),
    })
    .describe('Where the sites come from'),
  frame: z.strictObject({
    width: side,
    height: side,
    mmPerPixel: z.number().positive().nullable(),
  }),
  golden: z
    .array(goldenSchema)
    .max(MAX_GOLDEN)
    .describe(
      'Photos of good boards. The first one is the reference frame; the others are kept laid onto it, in its size. ' +
        'Empty for a layout that no photo was fitted to yet: it can be looked at and edited, but not compared with',
    ),
  variation: z
    .strictObject({
      file: z.literal('variation.bin'),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .nullable()
    .describe('How much good boards differ, place by place; null when learnt from one'),
  outline: z.strictObject({
    polygon: polygonSchema,
    found: z.boolean().describe('False when the board could not be told from its background'),
  }),
  variants: z.array(word).max(MAX_VARIANTS).describe('Names of the fittings that sites may differ in'),
  regions: z.array(regionSchema).max(MAX_REGIONS),
  // Older programs of the same version refuse a file that has it, by name, instead of comparing without it.
  tolerances: z
    .array(toleranceSchema)
    .max(MAX_TOLERANCES)
    .optional()
    .describe('Differences that people accepted for a time; left out where there are none'),
  sites: z.array(siteSchema).max(MAX_SITES),
});

export type ReferenceFile = z.infer<typeof referenceSchema>;
export type Site = z.infer<typeof siteSchema>;
export type Region = z.infer<typeof regionSchema>;
export type Tolerance = z.infer<typeof toleranceSchema>;
export type Expectation = z.infer<typeof expectation>;
export type Lack = (typeof LACKS)[number];
