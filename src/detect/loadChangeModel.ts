import type { Raster } from '../photo/index.js';
import { builtInModel } from './builtInModel.js';
import type { ChangeContract } from './changeContract.js';
import type { ChangeMap } from './changeMap.js';
import { findChanges } from './findChanges.js';
import type { LoadOptions } from './loadDetector.js';
import { loadModel } from './loadModel.js';

/** A checked change model, ready to compare pictures. */
export interface ChangeModel {
  contract: ChangeContract;
  /** Of the .onnx file. */
  sha256: string;
  /**
   * Says for every cell of a frame what was added and what was removed.
   * @param reference RGB
   * @param photo RGB, laid onto the reference, same size
   * @param where grey, the frame in any size, non-zero where it matters
   * @param scale size in which both are looked at, 1 as they are
   */
  compare(reference: Raster, photo: Raster, where: Raster, scale: number): Promise<ChangeMap>;
}

/**
 * Loads a change model and holds it against its contract. Loading a model again gives the same session.
 * @param modelFile the .onnx or the .json beside it; default: the built-in model
 * @throws UserError in one line that says what differs
 */
export async function loadChangeModel(
  modelFile: string = builtInModel('change'),
  { threads = 0 }: LoadOptions = {},
): Promise<ChangeModel> {
  const { contract, runtime, sha256 } = await loadModel(modelFile, 'change', threads);
  return {
    contract,
    sha256,
    compare: (reference, photo, where, scale) =>
      findChanges(reference, photo, where, scale, contract, runtime),
  };
}
