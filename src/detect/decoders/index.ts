import type { DetectContract } from '../contract.js';
import type { Decoder } from './decoder.js';
import { decodeDetr } from './detr.js';
import { decodeYolov8 } from './yolov8.js';
import { decodeYolox } from './yolox.js';

export { outputNames, readTables, rowOf, type Tables } from './table.js';

/** The decoder of each name in a contract. */
export const decoders: Record<DetectContract['output']['decoder'], Decoder> = {
  yolox: decodeYolox,
  yolov8: decodeYolov8,
  detr: decodeDetr,
};
