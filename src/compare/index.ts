export { type BoardFinding, type ComparisonInput, compareBoard } from './compareBoard.js';
export type { Decision } from './decision.js';
export type { SeenPart } from './part.js';
export { THRESHOLDS } from './thresholds.js';
export { measureVisibility, shareIn, type Visibility } from './visibility.js';
