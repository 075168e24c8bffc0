export { type BoardFinding, type ComparisonInput, compareBoard } from './compareBoard.js';
export { type EvidenceMap, evidenceMap } from './evidenceLevel.js';
export { parallaxZone } from './parallaxZone.js';
export type { SeenPart } from './part.js';
export { surfaceEvidence } from './surfaceEvidence.js';
export { THRESHOLDS } from './thresholds.js';
export { measureVisibility, type Visibility } from './visibility.js';
