export { builtInModel } from './builtInModel.js';
export type { ChangeMap } from './changeMap.js';
export { checkModel } from './checkModel.js';
export { type Detection, type Detections, detectionAt } from './detections.js';
export { type ChangeModel, loadChangeModel } from './loadChangeModel.js';
export { type Detector, loadDetector } from './loadDetector.js';
export { loadModels, type Models } from './loadModels.js';
export { releaseModels } from './runtime.js';
