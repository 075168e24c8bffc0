export { type Detection, type Detections, detectionAt } from './detections.js';
export { builtInModel, checkModel, type Detector, loadDetector, type ModelCheck } from './loadDetector.js';
