export { type AgreedPart, agree } from './agree.js';
export type { ImportedLayout, ImportedSite, Importer, ImporterInput } from './importers/imported.js';
export {
  type KeptParts,
  type ReferenceFolder,
  readReferenceFolder,
  replaceDescription,
  writeReferenceFolder,
} from './referenceFolder.js';
export { resolveSites } from './resolveSites.js';
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
export {
  addVariation,
  decodeVariation,
  encodeVariation,
  noVariation,
  type Variation,
  variationIn,
} from './variation.js';
