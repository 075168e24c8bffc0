import { z } from 'zod';

/** The only input pattern so far: {@link latticePattern} in golden.ts makes it. */
const PATTERNS = ['lattice-1'] as const;

const triple = z.tuple([z.number(), z.number(), z.number()]);

const inputSchema = z.strictObject({
  name: z.string().describe('Name of the input tensor'),
  layout: z.literal('NCHW'),
  color: z.enum(['RGB', 'BGR']),
  range: z.tuple([z.number(), z.number()]).describe('What 0 and 255 become, before mean and std'),
  mean: triple.describe('Subtracted from each channel, in terms of range'),
  std: triple.describe('Divided by, after the mean'),
  tile: z.int().min(32).max(4096).describe('Side of the square that the model is given, in pixels'),
  overlap: z.int().min(0).max(2048).describe('Pixels that neighbouring tiles share'),
  resize: z
    .enum(['tile', 'letterbox', 'stretch'])
    .describe('tile: cut the photo up at full resolution; letterbox, stretch: shrink the whole photo into one tile'),
  multipleOf: z.int().min(1).max(256).default(32),
  scales: z.array(z.number().positive().max(1)).min(1).max(6).default([1]).describe('Sizes the photo is looked at in'),
});

const outputSchema = z.strictObject({
  name: z.string().describe('Name of the output tensor; of the boxes where scores come apart'),
  scoresName: z.string().optional().describe('Name of the scores tensor, for exports with two outputs'),
  decoder: z.enum(['yolox', 'yolov8', 'detr']),
  decoded: z.boolean().default(true).describe('yolox: false when boxes are still offsets on a grid'),
  strides: z.array(z.int().positive()).default([8, 16, 32]).describe('yolox, not decoded: strides of the grids'),
  boxFormat: z.enum(['cxcywh', 'xyxy']).default('cxcywh'),
  boxUnit: z.enum(['pixel', 'normalised']).default('pixel'),
  objectness: z.boolean().default(false).describe('Whether a part score stands before the class scores'),
  activation: z.enum(['none', 'sigmoid', 'softmax']).default('none').describe('Applied to scores; softmax: last is "none"'),
});

/** A model contract: the JSON beside an .onnx that says how to feed it and how to read it. */
export const contractSchema = z.strictObject({
  contractVersion: z.literal(1),
  task: z.literal('detect'),
  name: z.string().min(1).max(200),
  version: z.string().min(1).max(50),
  file: z.string().regex(/^[^/\\]+\.onnx$/, 'the name of the .onnx file beside this contract'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
  license: z.string(),
  input: inputSchema,
  output: outputSchema,
  classes: z.array(z.string().min(1).max(100)).min(1).max(1000),
  thresholds: z.strictObject({
    score: z.number().min(0).max(1).describe('From here a part is believed'),
    weak: z.number().min(0).max(1).describe('From here there is a hint of a part'),
    nmsIou: z.number().min(0).max(1).describe('Boxes that overlap more are one part'),
  }),
  trainingData: z
    .array(z.strictObject({ name: z.string(), source: z.string(), license: z.string() }))
    .optional(),
  quality: z.record(z.string(), z.unknown()).optional(),
  golden: z
    .strictObject({
      input: z.strictObject({
        width: z.int().min(32).max(1024),
        height: z.int().min(32).max(1024),
        pattern: z.enum(PATTERNS),
      }),
      expect: z.array(z.array(z.number())).min(1).max(16).describe('First rows of the output, best part first'),
      tolerance: z.number().positive(),
    })
    .optional(),
});

export type ModelContract = z.infer<typeof contractSchema>;
