export {
  boxSchema,
  FINDING_KINDS,
  type Finding,
  type FindingKind,
  type Inspection,
  inspectionSchema,
  NOTICE,
  type NotJudgedReason,
  type SiteResult,
  type Verdict,
} from './schema.js';
export { type Selftest, type SelftestPlant, selftestSchema } from './selftestSchema.js';
