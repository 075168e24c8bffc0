import { z } from 'zod';

/** The only input pattern so far: `latticePattern` in golden.ts makes it. */
export const PATTERNS = ['lattice-1'] as const;

export const triple = z.tuple([z.number(), z.number(), z.number()]);

/** What every contract says about its model, whatever the task. */
export const aboutSchema = {
  contractVersion: z.literal(1),
  name: z.string().min(1).max(200),
  version: z.string().min(1).max(50),
  file: z.string().regex(/^[^/\\]+\.onnx$/, 'expected the name of the .onnx file beside this contract'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
  license: z.string(),
  trainingData: z
    .array(z.strictObject({ name: z.string(), source: z.string(), license: z.string() }))
    .optional(),
  quality: z.record(z.string(), z.unknown()).optional(),
};
