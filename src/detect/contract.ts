import { z } from 'zod';
import { changeContractSchema } from './changeContract.js';
import { aboutSchema, PATTERNS, triple } from './contractParts.js';

const tensorName = z.string().min(1).max(200);

const inputSchema = z
  .strictObject({
    name: tensorName.describe('Name of the input tensor'),
    layout: z.literal('NCHW'),
    color: z.enum(['RGB', 'BGR']),
    range: z.tuple([z.number(), z.number()]).describe('What 0 and 255 become, before mean and std'),
    mean: triple.describe('Subtracted from each channel, in the order of color and in terms of range'),
    std: z
      .array(z.number().positive())
      .length(3)
      .describe('Divided by, after the mean; in the order of color'),
    tile: z.int().min(32).max(4096).describe('Side of the square that the model is given, in pixels'),
    overlap: z
      .int()
      .min(0)
      .max(2048)
      .describe('Pixels that neighbouring tiles share; only for resize "tile"'),
    resize: z
      .enum(['tile', 'letterbox', 'stretch'])
      .describe(
        'tile: cut the photo up at full size; letterbox, stretch: shrink the whole photo into one tile',
      ),
    multipleOf: z
      .int()
      .min(1)
      .max(4096)
      .default(32)
      .describe('Sides of the input are multiples of this, where the photo is smaller than a tile'),
    pad: z
      .int()
      .min(0)
      .max(255)
      .default(0)
      .describe(
        'Grey beyond the photo, 0 to 255, where it does not fill the input: what the model was trained with',
      ),
    scales: z
      .array(z.number().positive().max(1))
      .min(1)
      .max(6)
      .default([1])
      .describe('Sizes in which the photo is cut into tiles, 1 is its own; only for resize "tile"'),
  })
  .refine(({ overlap, tile }) => overlap <= tile / 2, 'expected "overlap" to be at most half of "tile"')
  .refine(({ multipleOf, tile }) => multipleOf <= tile, 'expected "multipleOf" to be no larger than "tile"');

const boxFormat = z.enum(['cxcywh', 'xyxy']).default('cxcywh');
const boxUnit = z
  .enum(['pixel', 'normalised'])
  .describe('pixel: of the tile; normalised: shares of its sides');
/** Fields that say what goes without saying for a decoder: they may be written, but not otherwise. */
const alwaysDecoded = z.literal(true).default(true);
const noPartScore = z.literal(false).default(false);

const yoloxSchema = z.strictObject({
  decoder: z.literal('yolox'),
  name: tensorName,
  boxFormat,
  boxUnit: boxUnit.default('pixel'),
  objectness: z.literal(true).default(true).describe('A part score stands before the class scores'),
  decoded: z.boolean().default(true).describe('false: boxes are still offsets on the grids of strides'),
  strides: z.array(z.int().positive().max(256)).min(1).max(8).default([8, 16, 32]),
  activation: z.enum(['none', 'sigmoid']).default('none').describe('Applied to scores'),
});

const yolov8Schema = z.strictObject({
  decoder: z.literal('yolov8'),
  name: tensorName,
  boxFormat,
  boxUnit: boxUnit.default('pixel'),
  objectness: noPartScore,
  decoded: alwaysDecoded,
  transposed: z
    .boolean()
    .optional()
    .describe('false: [1, 4+classes, N]; true: [1, N, 4+classes]; default: whichever fits'),
  activation: z.enum(['none', 'sigmoid']).default('none').describe('Applied to scores'),
});

const detrSchema = z
  .strictObject({
    decoder: z.literal('detr'),
    name: tensorName.optional().describe('The output, where boxes and scores come in one'),
    boxesName: tensorName.optional().describe('The output with the boxes, where they come apart'),
    scoresName: tensorName.optional().describe('The output with the scores, where they come apart'),
    boxFormat,
    boxUnit: boxUnit.default('normalised'),
    objectness: noPartScore,
    decoded: alwaysDecoded,
    activation: z
      .enum(['none', 'sigmoid', 'softmax'])
      .default('none')
      .describe('Applied to scores; softmax: the column after the last class is "no object"'),
  })
  .refine(
    ({ name, boxesName }) => (name ?? boxesName) !== undefined,
    'expected "name", or "boxesName" and "scoresName"',
  )
  .refine(
    ({ boxesName, scoresName }) => !boxesName || scoresName,
    'expected "scoresName" beside "boxesName"',
  );

const outputSchema = z.discriminatedUnion('decoder', [yoloxSchema, yolov8Schema, detrSchema]);

const share = z.number().min(0).max(1);

/** The contract of a part detector. */
export const detectContractSchema = z.strictObject({
  ...aboutSchema,
  task: z.literal('detect'),
  input: inputSchema,
  output: outputSchema,
  classes: z.array(z.string().min(1).max(100)).min(1).max(1000),
  thresholds: z
    .strictObject({
      score: share.describe('From here a part is believed'),
      weak: share.describe('From here there is a hint of a part'),
      nmsIou: share.describe('Boxes that overlap more are one part'),
    })
    .refine(({ weak, score }) => weak <= score, 'expected "weak" to be no higher than "score"'),
  golden: z
    .strictObject({
      input: z.strictObject({
        width: z.int().min(32).max(1024),
        height: z.int().min(32).max(1024),
        pattern: z.enum(PATTERNS),
      }),
      expect: z
        .array(z.array(z.number()).min(1).max(1005))
        .min(1)
        .max(16)
        .describe('First boxes of the raw output: box, then scores'),
      tolerance: z.number().positive().max(1).describe('Absolute below 1, relative above'),
    })
    .optional(),
});

/**
 * A model contract: the JSON beside an .onnx that says how to feed it and how to read it. Told apart by `task`.
 * docs/models.md explains every field.
 */
export const contractSchema = z.discriminatedUnion('task', [detectContractSchema, changeContractSchema]);

export type DetectContract = z.infer<typeof detectContractSchema>;
export type ModelContract = z.infer<typeof contractSchema>;
