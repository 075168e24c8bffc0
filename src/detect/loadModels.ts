import { type ChangeModel, loadChangeModel } from './loadChangeModel.js';
import { type Detector, type LoadOptions, loadDetector } from './loadDetector.js';

/** The models that an inspection needs. */
export interface Models {
  /** Finds parts in one picture. */
  detector: Detector;
  /** Finds what two pictures of one place do not share. */
  change: ChangeModel;
}

/**
 * Loads both models and holds them against their contracts.
 * @param detectorFile another part detector, the .onnx or the .json beside it; default: the built-in one
 * @throws UserError in one line that says what differs
 */
export async function loadModels(detectorFile?: string, options: LoadOptions = {}): Promise<Models> {
  const [detector, change] = await Promise.all([
    loadDetector(detectorFile, options),
    loadChangeModel(undefined, options),
  ]);
  return { detector, change };
}
