export { type ChangeRegion, findRegions } from './changeRegions.js';
export { type BoardFinding, type ComparisonInput, compareBoard, type ExpectedSite } from './compareBoard.js';
export { type Decision, expectedFalseCalls, levelOfPhoto, WATCHED } from './decision.js';
export { measureSharedDetail, type SharedDetail } from './detail.js';
export type { SeenPart } from './part.js';
export { THRESHOLDS } from './thresholds.js';
export { accepts, tolerate } from './tolerate.js';
export { measureVisibility, shareIn, type Visibility } from './visibility.js';
export { type WeakDifference, weakDifferences } from './weak.js';
