export { builtInModel } from './builtInModel.js';
export { checkModel } from './checkModel.js';
export { type Detection, type Detections, detectionAt } from './detections.js';
export { type Detector, loadDetector } from './loadDetector.js';
