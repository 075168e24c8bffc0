export { type BoardOutline, findBoardOutline } from './boardOutline.js';
export type { FeatureKind, Features } from './features.js';
export { alignLocally, type DisplacementField, displacementAt } from './localAlign.js';
export { openCvVersion, startOpenCv } from './opencv.js';
export { photoFrame } from './photoFrame.js';
export { prepareReference, type RegistrationReference, TRACK_SIDE, takeAllFeatures } from './reference.js';
export { type Registration, registerPhoto } from './registerPhoto.js';
export { resizing, warp } from './warp.js';
export { warpAlong } from './warpAlong.js';
