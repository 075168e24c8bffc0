export { DECISION_WORDS, DECISIONS, type Decision, type Entry, entrySchema } from './entry.js';
export { LEDGER, type Ledger, openLedger, readLedger } from './ledger.js';
export {
  type Decided,
  decisionsOf,
  isDecided,
  type JudgedPhoto,
  type PhotoDecisions,
  samePlace,
} from './match.js';
