export {
  type KeptParts,
  readReferenceFolder,
  writeReferenceFolder,
} from './referenceFolder.js';
export type { ReferenceFile, Site } from './schema.js';
