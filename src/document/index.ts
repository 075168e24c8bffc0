export {
  boxSchema,
  FINDING_KINDS,
  type Finding,
  type FindingKind,
  type Inspection,
  inspectionSchema,
  isBatchItself,
  NO_GOLDEN_BOARD,
  NOTICE,
  type NotJudgedReason,
  noticeOf,
  type SiteResult,
  type Verdict,
} from './schema.js';
export { type Selftest, type SelftestPlant, selftestSchema } from './selftestSchema.js';
