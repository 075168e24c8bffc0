export { type ChangeRegion, findRegions } from './changeRegions.js';
export { type BoardFinding, type ComparisonInput, compareBoard, type ExpectedSite } from './compareBoard.js';
export {
  type Decision,
  expectedFalseCalls,
  levelOfPhoto,
  majority,
  mean,
  noiseOfPhoto,
  type Relief,
  reliefOf,
  WATCHED,
} from './decision.js';
export { CELL } from './light.js';
export { type Likeness, measureLikeness } from './likeness.js';
export type { SeenPart } from './part.js';
export { weighByParts } from './partEvidence.js';
export { restOf } from './restOf.js';
export { overlapOfSmaller } from './seenAt.js';
export { findShelves } from './shelves.js';
export { strongestNear } from './strongestNear.js';
export { THRESHOLDS } from './thresholds.js';
export { accepts, tolerate } from './tolerate.js';
export { measureVisibility, shareIn, shareOfBoard, type Visibility } from './visibility.js';
export { type WeakDifference, weakDifferences } from './weak.js';
