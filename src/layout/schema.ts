import { z } from 'zod';

/** Limits of a layout: far above any board, low enough to keep a hostile file harmless. */
const MAX_SITES = 20_000;
const MAX_SIDE = 100_000;

const coordinate = z.number().min(-MAX_SIDE).max(MAX_SIDE);
const side = z.int().positive().max(MAX_SIDE);
const boxSchema = z.strictObject({
  x: coordinate,
  y: coordinate,
  width: z.number().positive().max(MAX_SIDE),
  height: z.number().positive().max(MAX_SIDE),
});

const siteSchema = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(200)
    .describe('Unique within the reference, a reference designator where one is known'),
  label: z.string().max(200).nullable().describe('Class of the part, null where unknown'),
  expected: z.enum(['fitted', 'empty', 'optional']),
  box: boxSchema.describe('In reference-frame pixels'),
  score: z.number().min(0).max(1).nullable().describe('How sure the detector was, null for sites from data'),
});

/** `reference.json`: the known-good description of one board side. All places are in reference-frame pixels. */
export const referenceSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().min(1).max(500),
  created: z.iso.datetime(),
  tool: z.strictObject({ name: z.literal('boardiff'), version: z.string() }),
  frame: z.strictObject({
    width: side,
    height: side,
    mmPerPixel: z.number().positive().nullable(),
  }),
  golden: z
    .array(
      z.strictObject({
        file: z
          .string()
          .regex(/^golden-\d+\.[a-z]+$/, 'a file name beside reference.json, like golden-1.jpg'),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        originalName: z.string(),
      }),
    )
    .min(1)
    .max(50)
    .describe('Photos of good boards. The first one defines the reference frame'),
  outline: z.strictObject({
    polygon: z
      .array(z.tuple([coordinate, coordinate]))
      .min(3)
      .max(10_000),
    found: z.boolean().describe('False when the board could not be told from its background'),
  }),
  sites: z.array(siteSchema).max(MAX_SITES),
});

export type ReferenceFile = z.infer<typeof referenceSchema>;
export type Site = z.infer<typeof siteSchema>;
