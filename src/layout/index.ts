export type { ImportedLayout, ImportedSite, Importer, ImporterInput } from './importers/imported.js';
export {
  type KeptParts,
  type ReferenceFolder,
  readReferenceFolder,
  replaceDescription,
  writeReferenceFolder,
} from './referenceFolder.js';
export {
  EXPECTATIONS,
  type Expectation,
  LACKS,
  type Lack,
  MAX_GOLDEN,
  MAX_SITES,
  REFERENCE_VERSION,
  type ReferenceFile,
  type Region,
  type Site,
} from './schema.js';
