import { z } from 'zod';
import { aboutSchema, PATTERNS, triple } from './contractParts.js';

const tensorName = z.string().min(1).max(200);

/** For one of them, two, three, …: what is beyond counts as the last. */
const reliefs = z.array(z.number().min(0).max(5)).min(1).max(10);

/** The contract of a change model: two pictures of one place in, "added" and "removed" a cell out. */
export const changeContractSchema = z.strictObject({
  ...aboutSchema,
  task: z.literal('change'),
  input: z
    .strictObject({
      names: z.strictObject({ reference: tensorName, photo: tensorName }),
      layout: z.literal('NCHW'),
      color: z.enum(['RGB', 'BGR']),
      range: z.tuple([z.number(), z.number()]).describe('What 0 and 255 become, before mean and std'),
      mean: triple,
      std: z.array(z.number().positive()).length(3),
      tile: z.int().min(64).max(4096).describe('Side of the square that the model is given, in pixels'),
      overlap: z.int().min(0).max(2048).describe('Pixels that neighbouring tiles share'),
      multipleOf: z.int().min(1).max(1024).describe('Sides of the input are multiples of this'),
    })
    .refine(({ overlap, tile }) => overlap <= tile / 2, 'expected "overlap" to be at most half of "tile"'),
  output: z.strictObject({
    name: tensorName.describe('[1, 2, height / stride, width / stride] logits: added, removed'),
    stride: z.int().min(1).max(64).describe('Side of an output cell in input pixels'),
  }),
  decision: z
    .strictObject({
      level: z
        .number()
        .describe('Summit of the change map, in logits, of one false call in a photo of noise 0'),
      noise: z.number().min(0).max(1).describe("Share of the photo's own noise that adds to the level"),
      spread: z.number().positive().describe('Logits for which false calls fall to a third (1/e)'),
      falseCalls: z
        .number()
        .positive()
        .describe('False calls a photo that are allowed unless another number is asked for'),
      parts: z
        .number()
        .min(0)
        .default(0)
        .describe(
          'Logits that a certain part at a place is worth against none, as a second witness of a change',
        ),
      relief: z
        .strictObject({ photos: reliefs, goodBoards: reliefs })
        .describe('Logits by which chance summits are lower where several photos, or good boards, have a say')
        .optional(),
    })
    .describe('Measured on unedited pairs of shots that no evaluation uses'),
  golden: z
    .strictObject({
      input: z.strictObject({
        width: z.int().min(32).max(1024),
        height: z.int().min(32).max(1024),
        pattern: z.enum(PATTERNS).describe('The reference; the photo is the same turned upside down'),
      }),
      expect: z.strictObject({
        row: z.int().min(0).describe('Row of output cells that is compared'),
        added: z.array(z.number()).min(1),
        removed: z.array(z.number()).min(1),
      }),
      tolerance: z.number().positive().max(1).describe('Absolute below 1, relative above'),
    })
    .optional(),
});

export type ChangeContract = z.infer<typeof changeContractSchema>;
