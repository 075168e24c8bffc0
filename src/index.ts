/** The library's door: what the command line does, for programs. */

export { type Advice, advise } from './advise.js';
export { type CreateOptions, createReference } from './createReference.js';
export { type Detector, loadDetector, loadModels, type Models } from './detect/index.js';
export {
  type Finding,
  type Inspection,
  inspectionSchema,
  NOTICE,
  type Selftest,
  selftestSchema,
} from './document/index.js';
export { UserError } from './errors.js';
export { importReference } from './importReference.js';
export { type InspectOptions, inspect, inspectBoard, inspectPixels } from './inspect.js';
export { learnPixels, openReference, type Reference } from './learn.js';
export { type LeftOut, learnFromOthers } from './learnFromOthers.js';
export { type Photo, type Raster, readPhoto } from './photo/index.js';
export { runSelftest, type SelftestOptions, type SelftestResult } from './runSelftest.js';
