import type { ReferenceFile } from '../schema.js';
import { toCentroid } from './centroid.js';
import { toCoco } from './coco.js';
import { toLabelStudio } from './labelStudio.js';
import { toYolo } from './yolo.js';

/** Formats that a reference can be given out in, by name: each a function from the reference to text. */
export const EXPORTERS = {
  coco: toCoco,
  yolo: toYolo,
  centroid: toCentroid,
  'label-studio': toLabelStudio,
} as const satisfies Record<string, (reference: ReferenceFile) => string>;

export type ExportFormat = keyof typeof EXPORTERS;
