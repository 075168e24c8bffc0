import type { Raster } from '../photo/index.js';
import { builtInModel } from './builtInModel.js';
import type { DetectContract } from './contract.js';
import type { Detections } from './detections.js';
import { type DetectOptions, detectParts } from './detectParts.js';
import { loadModel } from './loadModel.js';

/** A checked model, ready to look at photos. */
export interface Detector {
  contract: DetectContract;
  /** Of the .onnx file. */
  sha256: string;
  /** Finds parts in a photo, RGB or grey; best part first, boxes in pixels of the photo. */
  detect(photo: Raster, options?: DetectOptions): Promise<Detections>;
}

/** Options of {@link loadDetector}. */
export interface LoadOptions {
  /** Threads of the runtime; default: as many as there are cores. Only the first load of a model in a process counts. */
  threads?: number;
}

/**
 * Loads a detector and holds it against its contract. Loading a model again gives the same session.
 * @param modelFile the .onnx or the .json beside it; default: the built-in model
 * @throws UserError in one line that says what differs
 */
export async function loadDetector(
  modelFile: string = builtInModel('detect'),
  { threads = 0 }: LoadOptions = {},
): Promise<Detector> {
  const { contract, runtime, sha256 } = await loadModel(modelFile, 'detect', threads);
  return { contract, sha256, detect: (photo, options) => detectParts(photo, contract, runtime, options) };
}
