export { DECISION_WORDS, DECISIONS, type Decision, type Entry } from './entry.js';
export {
  type AllFigures,
  type FiguredBatch,
  type FiguredPhoto,
  type Figures,
  figuresOf,
  type SiteCounts,
  type SiteFigure,
} from './figures.js';
export type { Rate } from './interval.js';
export { LEDGER, type Ledger, type LedgerContent, openLedger, readLedger } from './ledger.js';
export { decisionsOf, isDecided, type JudgedPhoto, type PhotoDecisions } from './match.js';
