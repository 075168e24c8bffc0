export { listReferences } from './listReferences.js';
export { type AimSettings, openAims } from './openAims.js';
export { type BatchAimSettings, openBatchAims } from './openBatchAims.js';
export type { Candidate, Plan } from './plan.js';
export { readRules } from './ruleFile.js';
